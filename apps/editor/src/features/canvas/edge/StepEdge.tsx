import { IconPlus, IconX } from '@tabler/icons-react'
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useFlowEditor, useRun } from '../../../document/hooks.tsx'
import { cardWidthPx } from '../../../document/placing.ts'
import { exitKey } from '../../../document/run-store.ts'
import { useCanvas, useCanvasState } from '../canvas-store.ts'
import { countRender } from '../count-renders.ts'
import type { StepEdge as Line } from '../derive-edges.ts'
import './edge.css'
import { type Corner, lastStretch, middleOf, roundedPath, route } from './route.ts'

/** An edge longer than this says at its end which exit it comes from. */
const farPx = 460

/** The thread from an exit to the next step, with tools on it while it is pointed at or selected. */
export const StepEdge = memo(function StepEdge({
  id,
  source,
  sourceHandleId,
  sourceX,
  sourceY,
  targetX,
  targetY,
  data,
  selected,
}: EdgeProps<Line>) {
  countRender(`edge ${id}`)
  const { readOnly } = useCanvas()
  const isHovered = useCanvasState(({ hoveredEdge }) => hoveredEdge === id)
  const isDropTarget = useCanvasState(({ dropEdge }) => dropEdge === id)
  const isTaken = useRun(({ taken }) => taken.has(exitKey(source, sourceHandleId ?? '')))
  const { exitLabel = '', exitIndex = 0, exitCount = 1 } = data ?? {}
  const corners = route({
    source: { x: sourceX, y: sourceY },
    target: { x: targetX, y: targetY },
    leaves: exitCount === 1 ? 'foot' : 'side',
    cardWidthPx,
    clearancePx: 20 + 8 * Math.max(0, exitCount - 1 - exitIndex),
  })
  const isFar = Math.abs(targetX - sourceX) + Math.abs(targetY - sourceY) > farPx
  const state = isDropTarget ? 'drop' : isTaken ? 'taken' : selected ? 'selected' : isHovered ? 'hovered' : undefined
  return (
    <>
      <g className="tl-edge" data-state={state}>
        <BaseEdge path={roundedPath(corners)} interactionWidth={22} />
        <circle className="tl-edge-knot" cx={corners[0]?.x} cy={corners[0]?.y} r={4} />
        <path className="tl-edge-tip" d={tipAt(corners)} />
      </g>
      {isFar && exitLabel !== '' && <EdgeLabel at={lastStretch(corners)}>{exitLabel}</EdgeLabel>}
      {(isHovered || selected) && !readOnly && <EdgeTools id={id} at={middleOf(corners)} />}
    </>
  )
})

function EdgeLabel({ at, children }: { at: Corner; children: string }) {
  return (
    <EdgeLabelRenderer>
      <span className="tl-edge-label" style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}>
        {children}
      </span>
    </EdgeLabelRenderer>
  )
}

function EdgeTools({ id, at }: { id: string; at: Corner }) {
  const { store } = useCanvas()
  const { commands } = useFlowEditor()
  const hold = () => store.setState({ hoveredEdge: id })
  return (
    <EdgeLabelRenderer>
      <div
        className="tl-edge-tools nodrag nopan"
        data-edge={id}
        role="toolbar"
        aria-label="Connection"
        style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}
        onMouseEnter={hold}
        onMouseLeave={() => store.setState({ hoveredEdge: undefined })}
      >
        <button
          type="button"
          aria-label="Insert a step here"
          title="Insert a step here"
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect()
            store.setState({ menu: { kind: 'insert', edge: id, at: { x: left, y: bottom + 6 } } })
          }}
        >
          <IconPlus size={14} stroke={2.2} aria-hidden />
        </button>
        <button
          type="button"
          aria-label="Remove this connection"
          title="Remove this connection"
          onClick={() => commands.disconnect(new Set([id]))}
        >
          <IconX size={14} stroke={2.2} aria-hidden />
        </button>
      </div>
    </EdgeLabelRenderer>
  )
}

/** A small arrow head where the edge arrives, always from above. */
function tipAt(corners: readonly Corner[]): string {
  const { x, y } = corners.at(-1) ?? { x: 0, y: 0 }
  return `M ${x - 4.5} ${y - 7} L ${x} ${y - 1} L ${x + 4.5} ${y - 7}`
}
