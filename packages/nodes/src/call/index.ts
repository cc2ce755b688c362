import {
  type CompileContext,
  defineNode,
  type NodeIssue,
  type Outcome,
  type Scope,
  type StateFragment,
  type StoredContext,
  type ValueType,
} from '@textloom/core'
import { convert } from '../convert.ts'
import { nodeIssue } from '../issue-codes.ts'
import { readReturnedPath, returnedAt } from './returned.ts'
import { type CallData, callSchema } from './schema.ts'

/** Lets another flow take over, and goes on with what it found out when it ends. */
export const call = defineNode({
  type: 'call',
  version: 1,
  family: 'do',
  title: 'Run another flow',
  summary: 'Lets another flow take over and goes on when it ends.',
  icon: 'subtask',
  schema: callSchema,
  // The called flow rests, this one never.
  waits: null,
  handles: () => [
    { id: 'next', label: 'Ended' },
    { id: 'expired', label: 'Ran out of time' },
    { id: 'failed', label: 'Failed' },
  ],
  compile: compileCall,
  guards: {
    ended: ({ event }: Scope, { as }: { as: Outcome }) => event.type === 'flow' && event.outcome === as,
  },
  updates: { keep },
  describe: ({ flow, params = {}, map }) => ({
    title: 'Run flow',
    body: [
      flow || 'No flow yet',
      ...Object.entries(params).map(([name, value]) => `${name} = ${value}`),
      ...map.map(({ variable, path }) => `${variable} ← ${path}`),
    ].join('\n'),
  }),
  templates: ({ params = {} }) =>
    Object.entries(params).map(([name, template]) => ({ path: `params.${name}`, template, use: 'value' })),
  writes: ({ map }) => map.map(({ variable }, index) => ({ name: variable, path: `map[${index}].variable` })),
  calls: ({ flow, params = {} }) => (flow === '' ? [] : [{ path: 'flow', flow, params: Object.keys(params) }]),
  check,
})

function compileCall({ flow, params = {}, map }: CallData, context: CompileContext): StateFragment {
  const { nodeId, effect, exit, guard, update, variableType } = context
  const keep = update('keep', { map: map.map((part) => ({ ...part, as: variableType(part.variable) ?? 'json' })) })
  return {
    entry: [effect({ kind: 'call', flow, params })],
    on: {
      [`flow.${nodeId}`]: [
        exit('failed', { guard: guard('ended', { as: 'failed' }) }),
        // What was answered before time ran out is worth keeping.
        exit('expired', { guard: guard('ended', { as: 'expired' }), actions: [keep] }),
        exit('next', { actions: [keep] }),
      ],
    },
  }
}

type Mapping = CallData['map'][number] & { readonly as: ValueType }

/** What the called flow does not have, or what cannot be what its variable is declared as, leaves the variable null. */
function keep({ context, event }: Scope, { map }: { map: readonly Mapping[] }): Partial<StoredContext> {
  const returned = event.type === 'flow' ? event.returned : { results: {}, vars: {} }
  const parts = map.map(
    ({ variable, path, as }) => [variable, convert(returnedAt(path, returned), as) ?? null] as const,
  )
  return { vars: { ...context.vars, ...Object.fromEntries(parts) } }
}

function check({ flow, map }: CallData): readonly NodeIssue[] {
  return [
    ...(flow === '' ? [nodeIssue('call/no-flow', 'flow', 'No flow is called: choose one.')] : []),
    ...map.flatMap(({ path }, index) =>
      readReturnedPath(path)
        ? []
        : [
            nodeIssue(
              'call/bad-path',
              `map[${index}].path`,
              `"${path}" is nothing a flow hands back: write for example results.rating, results.rating.category or vars.total.`,
            ),
          ],
    ),
  ]
}
