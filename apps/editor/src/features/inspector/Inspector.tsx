import { ActionIcon, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useFlow, useFlowEditor, useView } from '../../document/hooks.tsx'
import { nodeName } from '../../document/node-reading.ts'
import { hueOf, StepIcon } from '../../shared/ui/step-face.tsx'
import '../../shared/ui/unseen.css'
import { FlowInspector } from './flow/FlowInspector.tsx'
import { focusField } from './focus-field.ts'
import './inspector.css'
import { NodeInspector } from './NodeInspector.tsx'
import { preloadTemplateText } from './text/TemplateText.tsx'

/** The fields of the step that is picked out, or of the flow; beside the canvas, never over it. */
export function Inspector({ onClose }: { readonly onClose: () => void }) {
  const { registry, view, isReadOnly } = useFlowEditor()
  const panel = useRef<HTMLElement>(null)
  const inspected = useView((state) => state.inspected)
  const wanted = useView((state) => state.focusField)
  const node = useFlow((flow) => (inspected === undefined ? undefined : flow.nodes.get(inspected)))
  const nodeType = node && registry.get(node.type)
  useEffect(preloadTemplateText, [])
  useEffect(() => {
    if (!wanted || wanted.node !== inspected) return
    focusField(panel.current, wanted.path)
    view.setState({ focusField: undefined })
  }, [wanted, inspected, view])

  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || inspected === undefined) return
    event.preventDefault()
    view.show(inspected, { focus: true })
  }
  return (
    <section
      ref={panel}
      className="tl-inspector"
      aria-label={node ? `Fields of ${nodeName(node, registry)}` : 'Settings of the flow'}
      data-undo="document"
      onKeyDown={leave}
    >
      <header className="tl-inspector-head" style={hueOf(nodeType?.family)}>
        {nodeType && (
          <span className="tl-inspector-icon">
            <StepIcon name={nodeType.icon} />
          </span>
        )}
        <h2>{nodeType?.title ?? (node ? node.type : 'This flow')}</h2>
        <Tooltip label={node ? 'Back to the canvas (Esc)' : 'Close'} withArrow>
          <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label="Close the fields">
            <IconX size={17} />
          </ActionIcon>
        </Tooltip>
      </header>
      <fieldset className="tl-inspector-body" disabled={isReadOnly}>
        {node && nodeType && <NodeInspector key={node.id} node={node} nodeType={nodeType} />}
        {node && !nodeType && (
          <p className="tl-inspector-nothing">
            This version of Textloom does not know steps of the kind “{node.type}”. It stays in the flow as it is.
          </p>
        )}
        {!node && <FlowInspector />}
      </fieldset>
    </section>
  )
}
