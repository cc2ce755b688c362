import type { FlowDocument, FlowNode } from '@textloom/core'
import { registry } from '@textloom/nodes'

const CARD = { width: 264, height: 120 }
/** So much of a flow is shown, in canvas pixels: enough to see what it is like, and cards stay cards. */
const VIEW = { width: 1560, height: 960 }
const MARGIN = 60

/** The beginning of a flow drawn very small: where its steps stand, of which family they are, and how they are joined. */
export function Miniature({ flow }: { flow: Pick<FlowDocument, 'nodes' | 'edges'> }) {
  const { nodes, edges } = flow
  if (nodes.length === 0) return <EmptyMiniature />
  const places = new Map(nodes.map(({ id, position }) => [id, position]))
  return (
    <svg className="tl-miniature" viewBox={viewOf(nodes)} preserveAspectRatio="xMidYMin slice" aria-hidden="true">
      {edges.map(({ id, source, target }) => {
        const from = places.get(source)
        const to = places.get(target)
        if (from === undefined || to === undefined) return null
        const [x1, y1, x2, y2] = [from.x + CARD.width / 2, from.y + CARD.height, to.x + CARD.width / 2, to.y]
        const bend = Math.max(60, Math.abs(y2 - y1) / 2)
        return <path key={id} d={`M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`} />
      })}
      {nodes.map(({ id, type, position: { x, y } }) => (
        <rect key={id} {...CARD} x={x} y={y} rx={24} style={{ color: hueOf(type) }} />
      ))}
    </svg>
  )
}

/** Where the first card of an empty canvas would be. */
function EmptyMiniature() {
  return (
    <svg className="tl-miniature" viewBox="0 0 212 130" aria-hidden="true" data-empty>
      <rect x={66} y={45} width={80} height={40} rx={8} />
      <path d="M106 57v16M98 65h16" />
    </svg>
  )
}

/** The part of the canvas that is shown: around the first step, and no further than the steps reach. */
function viewOf(nodes: readonly FlowNode[]): string {
  const xs = nodes.map(({ position }) => position.x)
  const top = Math.min(...nodes.map(({ position }) => position.y))
  const first = nodes.find(({ position }) => position.y === top)?.position.x ?? 0
  const [left, right] = [Math.min(...xs) - MARGIN, Math.max(...xs) + CARD.width + MARGIN]
  const around = first + CARD.width / 2 - VIEW.width / 2
  const x = right - left <= VIEW.width ? (left + right - VIEW.width) / 2 : clamped(around, left, right - VIEW.width)
  return `${x} ${top - MARGIN} ${VIEW.width} ${VIEW.height}`
}

function clamped(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function hueOf(type: string): string {
  return `var(--tl-family-${registry.get(type)?.family ?? 'do'})`
}
