import { didYouMean, type FlowCall, type FlowDocument, type Issue, type NodeRegistry } from '@textloom/core'
import { maxFrames } from '../step/progress.ts'
import { soundness } from './issue-codes.ts'
import { type SubjectNode, subjectOf } from './subject.ts'

/**
 * What is wrong with the calls of a flow, seen among the flows it may call: flows and parameters that are not there, and
 * flows that call each other in a circle.
 */
export function analyseCalls(flow: FlowDocument, others: readonly FlowDocument[], registry: NodeRegistry): Issue[] {
  const flows = new Map([...others, flow].map((each) => [each.id, each]))
  const subject = subjectOf(flow, registry)
  return subject.nodes.flatMap((node) =>
    callsOf(node).flatMap((call) => {
      const place = `nodes[${node.index}].data.${call.path}`
      const called = flows.get(call.flow)
      if (!called) {
        const message = `There is no flow "${call.flow}" to call.${didYouMean(call.flow, flows.keys())}`
        return [soundness('flow/unknown-flow', place, message, node.id)]
      }
      const circle = wayBack(flow.id, called.id, flows, registry)
      const circleIssues = circle
        ? [
            soundness(
              'flow/call-circle',
              place,
              `Flows call each other in a circle (${[flow.id, ...circle].join(' → ')}): at most ${maxFrames} can be open at once, so let one of them end instead.`,
              node.id,
            ),
          ]
        : []
      return [...circleIssues, ...paramIssues(call, called, place, node.id)]
    }),
  )
}

function callsOf({ nodeType, data }: SubjectNode): readonly FlowCall[] {
  return nodeType.calls?.(data) ?? []
}

function paramIssues(call: FlowCall, { name, params = [] }: FlowDocument, place: string, node: string): Issue[] {
  const known = params.map((param) => param.name)
  const unknown = call.params
    .filter((param) => !known.includes(param))
    .map((param) => `"${name}" has no parameter "${param}".${didYouMean(param, known)}`)
  const missing = params
    .filter((param) => param.required && !call.params.includes(param.name))
    .map((param) => `"${name}" requires the parameter "${param.name}", which this call does not give.`)
  return [...unknown, ...missing].map((message) => soundness('flow/call-params', place, message, node))
}

/** The flows on a shortest way from one flow by its calls to another, that one included. */
function wayBack(
  to: string,
  from: string,
  flows: ReadonlyMap<string, FlowDocument>,
  registry: NodeRegistry,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]])
  for (const [id] of cameFrom) {
    if (id === to) {
      const way: string[] = []
      for (let at: string | undefined = id; at !== undefined; at = cameFrom.get(at)) way.push(at)
      return way.reverse()
    }
    const flow = flows.get(id)
    const called = flow ? subjectOf(flow, registry).nodes.flatMap(callsOf) : []
    for (const call of called) if (!cameFrom.has(call.flow)) cameFrom.set(call.flow, id)
  }
  return undefined
}
