import { Tooltip } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import { Handle, type NodeProps, Position, useUpdateNodeInternals } from '@xyflow/react'
import { memo, useEffect, useMemo, useRef } from 'react'
import { useFlow, useFlowEditor, useNodeProblems, useRun } from '../../../document/hooks.tsx'
import { readNode } from '../../../document/node-reading.ts'
import { problemText } from '../../../document/problem-text.ts'
import { hueOf, StepIcon } from '../../../shared/ui/step-face.tsx'
import '../../../shared/ui/unseen.css'
import { countRender } from '../count-renders.ts'
import type { StepNode } from '../derive-nodes.ts'
import './card.css'
import { CardDeeds } from './CardDeeds.tsx'
import { type TextPiece, textPieces, withoutExitLines } from './card-text.ts'
import { connectedExits } from './connected-exits.ts'
import { Exit } from './Exit.tsx'

/** A step on the canvas: what it is, what it says, and its exits at the foot. */
export const Card = memo(DrawnCard, (before, after) => {
  // Where the card stands is React Flow's business; moving it draws nothing anew.
  return before.data === after.data && before.selected === after.selected && before.dragging === after.dragging
})

function DrawnCard({ data: { node }, selected, dragging }: NodeProps<StepNode>) {
  countRender(`card ${node.id}`)
  const { registry } = useFlowEditor()
  const { nodeType, title, body, exits } = readNode(node, registry)
  const connected = useFlow((flow) => connectedExits(flow, node.id))
  const run = useRun(({ current, visited }) =>
    current === node.id ? 'current' : visited.has(node.id) ? 'visited' : undefined,
  )
  useMeasuredExits(node.id, exits.map(({ id }) => id).join(' '))
  const text = useMemo(() => withoutExitLines(body, exits), [body, exits])
  const open = new Set(connected.split(' '))
  return (
    <div
      className="tl-card"
      style={hueOf(nodeType?.family)}
      data-selected={selected || undefined}
      data-dragging={dragging || undefined}
      data-run={run}
      data-takes={nodeType?.start === undefined || undefined}
      data-waits={nodeType?.waits ? true : undefined}
    >
      {nodeType?.start === undefined && (
        <Handle type="target" position={Position.Top} className="tl-entry" isConnectableStart={false} />
      )}
      <header className="tl-card-head">
        <span className="tl-card-icon">
          <StepIcon name={nodeType?.icon} />
        </span>
        <span className="tl-card-title">{title}</span>
        <Visits node={node.id} />
        <CardDeeds node={node.id} />
        <Problems node={node.id} />
      </header>
      {text !== '' && (
        <p className="tl-card-text">
          {textPieces(text).map((piece, index) => (
            <Piece key={`${index} ${piece.text}`} {...piece} />
          ))}
        </p>
      )}
      {exits.length > 0 && (
        <ul className="tl-exits" data-single={exits.length === 1 || undefined}>
          {exits.map((exit) => (
            <Exit
              key={exit.id}
              node={node.id}
              exit={exit}
              isOpen={!open.has(exit.id)}
              isOnly={exits.length === 1}
              isReachable={selected}
            />
          ))}
        </ul>
      )}
      <span className="tl-card-chip" aria-hidden>
        <StepIcon name={nodeType?.icon} size={34} />
        <span>{title}</span>
      </span>
    </div>
  )
}

function Piece({ kind, text }: TextPiece) {
  if (kind === 'text') return text
  return <code data-kind={kind}>{text}</code>
}

/** How often the session that is shown came here, if more than once. */
function Visits({ node }: { node: string }) {
  const visits = useRun((run) => run.visits.get(node) ?? 0)
  if (visits < 2) return null
  return (
    <span className="tl-card-visits" title={`The conversation came here ${visits} times`}>
      <span aria-hidden>×{visits}</span>
      <span className="tl-unseen">came here {visits} times</span>
    </span>
  )
}

/** What is wrong with the step: how many things, and which on demand. */
function Problems({ node }: { node: string }) {
  const { registry, document } = useFlowEditor()
  const problems = useNodeProblems(node)
  if (problems.length === 0) return null
  const isBad = problems.some(({ severity }) => severity === 'error')
  const type = document.getState().flow.nodes.get(node)?.type ?? ''
  const sentences = problems.map((issue) => problemText(issue, registry.get(type)))
  return (
    <Tooltip
      multiline
      w={280}
      label={sentences.map((sentence) => (
        <span key={sentence} className="tl-card-problem">
          {sentence}
        </span>
      ))}
    >
      <span className="tl-card-problems" data-tone={isBad ? 'bad' : 'warn'} role="img" aria-label={sentences.join(' ')}>
        {isBad ? <IconAlertCircle size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
        {problems.length}
      </span>
    </Tooltip>
  )
}

/** Tells React Flow when exits came, went or changed places, since edges begin at them; a new card is measured anyway. */
function useMeasuredExits(node: string, exits: string): void {
  const measure = useUpdateNodeInternals()
  const measured = useRef(exits)
  useEffect(() => {
    if (measured.current === exits) return
    measured.current = exits
    measure(node)
  }, [measure, node, exits])
}
