import type { FlowEdge, FlowNode, NodeRegistry } from '@textloom/core'
import type { Edge } from '@xyflow/react'
import { edgesOf, type FlowState } from '../../document/flow-state.ts'
import { nodeName, readNode } from '../../document/node-reading.ts'

/** An edge on the canvas. */
export type StepEdge = Edge<StepEdgeData, 'step'>

/** What an edge shows. */
export interface StepEdgeData extends Record<string, unknown> {
  /** Label of the exit; empty when the step has one exit only, which needs no name. */
  readonly exitLabel: string
  /** Place of the exit among those of its node, and how many there are. */
  readonly exitIndex: number
  readonly exitCount: number
}

/** Everything that the edges are made of. */
export interface EdgeSources {
  readonly flow: Pick<FlowState, 'nodes' | 'edges' | 'edgeOrder'>
  readonly selected: ReadonlySet<string>
}

interface Made {
  readonly from: readonly unknown[]
  readonly line: StepEdge
}

/** Makes the function that turns the document's edges into lines; what did not change stays the very same line. */
export function edgeDeriver(registry: NodeRegistry): (sources: EdgeSources) => StepEdge[] {
  let made = new Map<string, Made>()
  let lines: StepEdge[] = []
  return ({ flow, selected }) => {
    const next = new Map<string, Made>()
    const list = edgesOf(flow).flatMap((edge): StepEdge[] => {
      const source = flow.nodes.get(edge.source)
      const target = flow.nodes.get(edge.target)
      if (!source || !target) return []
      const from = [edge, source.data, target.data, selected.has(edge.id)]
      const before = made.get(edge.id)
      const isSame = before?.from.every((value, index) => value === from[index])
      const line = before && isSame ? before.line : toLine(edge, source, target, selected.has(edge.id), registry)
      next.set(edge.id, { from, line })
      return [line]
    })
    made = next
    if (list.length !== lines.length || list.some((line, index) => line !== lines[index])) lines = list
    return lines
  }
}

function toLine(
  { id, source, sourceHandle, target }: FlowEdge,
  from: FlowNode,
  to: FlowNode,
  selected: boolean,
  registry: NodeRegistry,
): StepEdge {
  const { exits } = readNode(from, registry)
  const exitIndex = exits.findIndex((exit) => exit.id === sourceHandle)
  const label = exits[exitIndex]?.label ?? sourceHandle
  const by = exits.length > 1 ? ` by “${label}”` : ''
  return {
    id,
    type: 'step',
    source,
    sourceHandle,
    target,
    selected,
    data: { exitLabel: exits.length > 1 ? label : '', exitIndex, exitCount: exits.length },
    ariaLabel: `From ${nodeName(from, registry)}${by} to ${nodeName(to, registry)}`,
    focusable: false,
    reconnectable: 'target',
  }
}
