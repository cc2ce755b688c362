import { IconClipboardText, IconKey, IconLayoutGrid } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import type { ReactNode } from 'react'
import { useFlow, useFlowEditor } from '../../document/hooks.tsx'
import { type Starter, starters } from './starters.ts'

const faces: Readonly<Record<string, ReactNode>> = {
  'keyword-reply': <IconKey size={20} aria-hidden />,
  survey: <IconClipboardText size={20} aria-hidden />,
}

/** Three ways to begin, while there is nothing on the canvas. */
export function EmptyCanvas({ onTemplates }: { onTemplates?: (() => void) | undefined }) {
  const { commands, view } = useFlowEditor()
  const { fitView } = useReactFlow()
  const isEmpty = useFlow(({ nodes }) => nodes.size === 0)
  if (!isEmpty) return null
  const begin = ({ clip, title }: Starter) => {
    const [first] = commands.paste(clip, { x: 0, y: 0 }, `Start with a ${title.toLowerCase()}`)
    if (first !== undefined) view.inspect(first)
    requestAnimationFrame(() => void fitView({ padding: 0.2, maxZoom: 1 }))
  }
  return (
    <section className="tl-empty-canvas" aria-label="Begin">
      <h2>How does it begin?</h2>
      <p>Pick a start, or drag a step from the left. Everything can be changed later.</p>
      <div>
        {starters.map((starter) => (
          <button key={starter.id} type="button" onClick={() => begin(starter)}>
            {faces[starter.id]}
            <strong>{starter.title}</strong>
            <span>{starter.summary}</span>
          </button>
        ))}
        {onTemplates && (
          <button type="button" onClick={onTemplates}>
            <IconLayoutGrid size={20} aria-hidden />
            <strong>From a template</strong>
            <span>A whole conversation to change as you like.</span>
          </button>
        )}
      </div>
    </section>
  )
}
