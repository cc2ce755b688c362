import { IconCopy, IconTrash } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { useCanvas } from '../canvas-store.ts'
import { useFreePlaces } from '../use-free-place.ts'

/** What is done to a step by pointer; the keyboard has shortcuts for it. */
export function CardDeeds({ node }: { node: string }) {
  const { commands, view } = useFlowEditor()
  const { readOnly } = useCanvas()
  const places = useFreePlaces()
  if (readOnly) return null
  const only = new Set([node])
  const onDuplicate = (event: MouseEvent) => {
    event.stopPropagation()
    places.duplicate(only)
  }
  const onDelete = (event: MouseEvent) => {
    event.stopPropagation()
    view.inspect(undefined)
    commands.removeNodes(only)
  }
  return (
    <span className="tl-card-deeds nodrag">
      <button type="button" tabIndex={-1} aria-label="Duplicate this step" title="Duplicate" onClick={onDuplicate}>
        <IconCopy size={15} aria-hidden />
      </button>
      <button type="button" tabIndex={-1} aria-label="Delete this step" title="Delete" onClick={onDelete}>
        <IconTrash size={15} aria-hidden />
      </button>
    </span>
  )
}
