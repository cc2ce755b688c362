import { type AnyNodeType, foldBare, type NodeRegistry } from '@textloom/core'
import { blankData } from '../../../document/blank-data.ts'
import { refusal } from '../../../document/commands/edges.ts'
import type { ExitOf } from '../../../document/commands/nodes.ts'
import { type FlowState, nodesOf } from '../../../document/flow-state.ts'
import { nodeName, readNode } from '../../../document/node-reading.ts'
import { familyNames, hueOf, StepIcon } from '../../../shared/ui/step-face.tsx'
import type { PickItem } from './matches.ts'

/** Kinds of steps that make sense at some place. */
export type Wanted = 'any' | 'after' | 'between'

/** The kinds of steps to pick from, those used lately first. */
export function typeItems(registry: NodeRegistry, wanted: Wanted, recent: readonly string[]): PickItem[] {
  const fitting = [...registry.values()].filter((nodeType) => fits(nodeType, wanted))
  const lately = recent.flatMap((type) => fitting.find((nodeType) => nodeType.type === type) ?? [])
  return [
    ...lately.map((nodeType) => item(nodeType, 'Lately')),
    ...fitting
      .filter((nodeType) => !lately.includes(nodeType))
      .map((nodeType) => item(nodeType, familyNames[nodeType.family])),
  ]
}

/** The steps that an exit may be led to. */
export function targetItems(flow: FlowState, exit: ExitOf, registry: NodeRegistry): PickItem[] {
  return nodesOf(flow)
    .filter(({ id }) => refusal(flow, { ...exit, target: id }, registry) === undefined)
    .map((node) => {
      const { nodeType, body } = readNode(node, registry)
      return {
        id: node.id,
        label: nodeName(node, registry),
        group: 'Steps of this flow',
        words: foldBare(body),
        face: <Face nodeType={nodeType} />,
      }
    })
}

function fits(nodeType: AnyNodeType, wanted: Wanted): boolean {
  if (wanted === 'any') return true
  if (nodeType.start) return false
  return wanted === 'after' || nodeType.handles(blankData(nodeType)).length > 0
}

function item(nodeType: AnyNodeType, group: string): PickItem {
  const { type, title, summary } = nodeType
  return { id: type, label: title, detail: summary, group, words: type, face: <Face nodeType={nodeType} /> }
}

function Face({ nodeType }: { nodeType: AnyNodeType | undefined }) {
  return (
    <span className="tl-step-tile" style={hueOf(nodeType?.family)}>
      <StepIcon name={nodeType?.icon} />
    </span>
  )
}
