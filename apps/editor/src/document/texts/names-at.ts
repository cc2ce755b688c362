import type { NodeRegistry } from '@textloom/core'
import { variablesAt } from '@textloom/engine'
import { edgesOf, type FlowState, nodesOf } from '../flow-state.ts'
import type { FlowName } from './flow-names.ts'

/** A value that can exist at a step. */
export interface NameAt extends FlowName {
  /** Some way to the step leaves it without a value. */
  readonly mayBeEmpty: boolean
}

type Sources = Pick<FlowState, 'nodes' | 'nodeOrder' | 'edges' | 'edgeOrder' | 'variables' | 'params'>

/** Those of a flow's names that a session can know when it comes to a step, in the order they had. */
export function namesAt(
  flow: Sources,
  names: readonly FlowName[],
  node: string,
  registry: NodeRegistry,
): readonly NameAt[] {
  const fields = names.flatMap(({ path }) => /^contact\.fields\.(.+)$/.exec(path)?.[1] ?? [])
  const { variables, params } = flow
  const known = variablesAt({ nodes: nodesOf(flow), edges: edgesOf(flow), variables, params }, registry, fields).at(
    node,
  )
  const certain = new Map(known.map(({ path, isCertain }) => [path, isCertain]))
  return names.flatMap((name) => {
    const isCertain = certain.get(name.path)
    return isCertain === undefined ? [] : [{ ...name, mayBeEmpty: !isCertain }]
  })
}
