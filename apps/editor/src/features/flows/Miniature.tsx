import type { FlowDocument } from '@textloom/core'
import { registry } from '@textloom/nodes'

const CARD = { width: 264, height: 120 }

/** A flow drawn very small: where its steps stand, of which family they are, and how they are joined. */
export function Miniature({ flow }: { flow: Pick<FlowDocument, 'nodes' | 'edges'> }) {
  const { nodes, edges } = flow
  const places = new Map(nodes.map(({ id, position }) => [id, position]))
  const left = Math.min(...nodes.map(({ position }) => position.x), 0)
  const top = Math.min(...nodes.map(({ position }) => position.y), 0)
  const width = Math.max(...nodes.map(({ position }) => position.x + CARD.width), 600) - left
  const height = Math.max(...nodes.map(({ position }) => position.y + CARD.height), 400) - top
  return (
    <svg className="tl-miniature" viewBox={`${left - 40} ${top - 40} ${width + 80} ${height + 80}`} aria-hidden="true">
      {edges.map(({ id, source, target }) => {
        const from = places.get(source)
        const to = places.get(target)
        if (from === undefined || to === undefined) return null
        const [x1, y1, x2, y2] = [from.x + CARD.width / 2, from.y + CARD.height, to.x + CARD.width / 2, to.y]
        const bend = Math.max(60, Math.abs(y2 - y1) / 2)
        return <path key={id} d={`M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`} />
      })}
      {nodes.map(({ id, type, position }) => (
        <g key={id} transform={`translate(${position.x} ${position.y})`}>
          <rect {...CARD} rx={26} />
          <rect
            width={18}
            height={CARD.height}
            rx={9}
            style={{ fill: `var(--tl-family-${registry.get(type)?.family ?? 'do'})`, stroke: 'none' }}
          />
        </g>
      ))}
    </svg>
  )
}
