import {
  type CompileContext,
  defineNode,
  type NodeIssue,
  type Scope,
  type StateFragment,
  type StoredContext,
} from '@textloom/core'
import { nodeIssue } from '../issue-codes.ts'
import { draw, shareOf } from './draw.ts'
import { type SplitRandomData, splitRandomSchema, type Way } from './schema.ts'

/** Sends contacts different ways by chance, in the shares that the weights say. */
export const splitRandom = defineNode({
  type: 'split-random',
  version: 1,
  family: 'decide',
  title: 'Split by chance',
  summary: 'Sends contacts different ways by chance, for example to compare two texts.',
  icon: 'arrows-shuffle',
  schema: splitRandomSchema,
  waits: null,
  handles: ({ ways }) =>
    ways.map((way) => ({
      id: way.id,
      label: `${way.label} · ${shareOf(way, ways)} %`,
      ...(way.weight === 0 ? { optional: true } : {}),
    })),
  compile,
  guards: {
    drawn: ({ context: { memory } }, { nodeId, way }: { nodeId: string; way: string }) => memory[nodeId]?.way === way,
  },
  updates: { draw: drawWay },
  describe: ({ ways }) => ({
    title: 'Split by chance',
    body: ways.map((way) => `${way.label} ${shareOf(way, ways)} %`).join('\n') || 'No ways yet',
  }),
  results: ({ result }) => (result === undefined ? [] : [{ name: result, path: 'result', type: 'text' }]),
  check,
})

/** One draw decides for all exits: guards that drew for themselves would each have luck of their own. */
function compile({ ways, result }: SplitRandomData, context: CompileContext): StateFragment {
  const { nodeId, leave, guard, update, effect } = context
  const shares = ways.map(({ id, weight, label }) => ({ id, weight, label }))
  return {
    entry: [update('draw', { nodeId, ways: shares, ...(result === undefined ? {} : { result }) })],
    always: ways.flatMap(({ id, label }) => {
      const recorded =
        result === undefined ? [] : [effect({ kind: 'result', name: result, value: id, category: label })]
      return leave(id, { guard: guard('drawn', { nodeId, way: id }), actions: recorded }) ?? []
    }),
  }
}

type Drawing = {
  readonly nodeId: string
  readonly ways: readonly Way[]
  readonly result?: string
}

function drawWay({ context, random }: Scope, { nodeId, ways, result }: Drawing): Partial<StoredContext> {
  const way = draw(ways, random())
  if (!way) throw new Error('No way weighs anything, so nobody can go any way.')
  const memory = { ...context.memory, [nodeId]: { way: way.id } }
  if (result === undefined) return { memory }
  return { memory, results: { ...context.results, [result]: { value: way.id, category: way.label } } }
}

function check({ ways }: SplitRandomData): readonly NodeIssue[] {
  if (ways.some(({ weight }) => weight > 0)) return []
  return [nodeIssue('split-random/no-way', 'ways', 'No way weighs anything: add one, or give one a weight above 0.')]
}
