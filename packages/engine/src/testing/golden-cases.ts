import type { AnyNodeType, FlowDocument, FlowParam, FlowVariable, JsonObject, SavedTest } from '@textloom/core'
import { describe, expect, test } from 'vitest'
import { runSavedTest } from '../simulator/saved-test.ts'
import { flowAround, registryAround } from './flow-around.ts'

/**
 * A conversation with one node, as `<type>.cases.json` keeps it: a saved test and the node it is held with. The flow is
 * that of `flowAround`, so `{ "visits": "by-yes" }` says that the node was left by its exit `yes`.
 */
export interface GoldenCase extends SavedTest {
  readonly data: JsonObject
  readonly variables?: readonly FlowVariable[]
  /** Params that the flow declares; `params` are their values. */
  readonly declares?: readonly FlowParam[]
  readonly settings?: FlowDocument['settings']
  /** Nodes that the conversation passes on its way to the node, by their exits `next`. */
  readonly before?: readonly { readonly type: string; readonly data: JsonObject }[]
  /** Handles without an edge. */
  readonly open?: readonly string[]
  /** Where else handles lead: the type of the node itself makes a loop. */
  readonly to?: { readonly [handle: string]: string }
}

/** Flows that a node may call, and the types of their nodes. */
export interface OtherFlows {
  readonly otherFlows: readonly FlowDocument[]
  readonly nodeTypes: readonly AnyNodeType[]
}

/** Makes a test of each case, and one more: that every exit which their nodes have is taken by one of them. */
export function runGoldenCases(
  nodeType: AnyNodeType,
  cases: readonly GoldenCase[],
  others: OtherFlows = { otherFlows: [], nodeTypes: [] },
): void {
  describe(`golden conversations of ${nodeType.type}`, () => {
    test.each(cases)('$name', (golden) => {
      const { failure } = play(nodeType, golden, others)
      expect(failure && { ...failure, transcript: failure.transcript.join('\n') }).toBeUndefined()
    })

    test('together they leave by every exit', () => {
      expect(exitsLeftOut(nodeType, cases, others)).toEqual([])
    })
  })
}

function play(nodeType: AnyNodeType, golden: GoldenCase, { otherFlows, nodeTypes }: OtherFlows) {
  const { data, variables, declares, settings, before, open, to, ...saved } = golden
  const flow = flowAround(nodeType, data, {
    ...(variables ? { variables } : {}),
    ...(declares ? { params: declares } : {}),
    ...(settings ? { settings } : {}),
    ...(before ? { before } : {}),
    ...(open ? { open } : {}),
    ...(to ? { to } : {}),
  })
  const types = nodeTypes.filter(({ type }) => type !== nodeType.type)
  return runSavedTest(flow, registryAround(nodeType, types), saved, otherFlows)
}

/** Exits that nodes of the cases have and no case takes. Optional exits may be left out. */
function exitsLeftOut(nodeType: AnyNodeType, cases: readonly GoldenCase[], others: OtherFlows): string[] {
  const taken = new Set(
    cases.flatMap((golden) =>
      play(nodeType, golden, others).path.flatMap((step) => (step.kind === 'exit' ? [step.handle] : [])),
    ),
  )
  const offered = cases.flatMap(({ data }) => nodeType.handles(nodeType.schema.parse(data)))
  return [...new Set(offered.filter(({ id, optional }) => !optional && !taken.has(id)).map(({ id }) => id))]
}
