import { IconSearch } from '@tabler/icons-react'
import type { AnyNodeType, NodeFamily } from '@textloom/core'
import { type DragEvent, useMemo, useState } from 'react'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { familyNames, hueOf, StepIcon } from '../../../shared/ui/step-face.tsx'
import { matches } from '../menus/matches.ts'
import { useAddStep } from '../use-add-step.ts'
import './palette.css'

/** What a step is called while it is dragged from the palette. */
export const draggedStepType = 'application/x-textloom-step'

/** Every kind of step, to drag onto the canvas or to click. */
export function StepPalette() {
  const { registry } = useFlowEditor()
  const [query, setQuery] = useState('')
  const addStep = useAddStep()
  const families = useMemo(() => {
    const found = [...registry.values()].filter(({ type, title, summary, family }) =>
      matches({ id: type, label: title, detail: summary, group: '', words: `${type} ${familyNames[family]}` }, query),
    )
    return [...Map.groupBy<NodeFamily, AnyNodeType>(found, ({ family }) => family)]
  }, [registry, query])
  const first = families[0]?.[1][0]
  return (
    <aside className="tl-palette" aria-label="Steps to add">
      <label className="tl-palette-search">
        <IconSearch size={16} aria-hidden />
        <input
          type="search"
          placeholder="Find a step"
          aria-label="Find a step"
          value={query}
          onChange={({ currentTarget }) => setQuery(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && first) addStep({ type: first.type })
            if (event.key === 'Escape') setQuery('')
          }}
        />
      </label>
      <div className="tl-palette-drawers">
        {families.map(([family, types]) => (
          <section key={family} style={hueOf(family)}>
            <h2>{familyNames[family]}</h2>
            {types.map((nodeType) => (
              <PaletteStep key={nodeType.type} nodeType={nodeType} onAdd={() => addStep({ type: nodeType.type })} />
            ))}
          </section>
        ))}
        {families.length === 0 && <p className="tl-palette-nothing">No step is called like that.</p>}
      </div>
    </aside>
  )
}

function PaletteStep({ nodeType, onAdd }: { nodeType: AnyNodeType; onAdd(): void }) {
  const { type, title, summary, icon } = nodeType
  const onDragStart = ({ dataTransfer }: DragEvent) => {
    dataTransfer.setData(draggedStepType, type)
    dataTransfer.effectAllowed = 'copy'
  }
  return (
    <button
      type="button"
      className="tl-palette-step"
      data-step={type}
      draggable
      onDragStart={onDragStart}
      onClick={onAdd}
      title={summary}
      aria-label={`Add: ${title}. ${summary}`}
    >
      <span className="tl-step-tile">
        <StepIcon name={icon} />
      </span>
      {title}
    </button>
  )
}
