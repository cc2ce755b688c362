import { defineNode, type Scope, type StoredContext } from '@textloom/core'
import { goToSchema } from './schema.ts'

/** Leaves by `next` so many times in one session and by `limit` from then on: what makes a circle come to an end. */
export const goTo = defineNode({
  type: 'go-to',
  version: 1,
  family: 'do',
  title: 'Go to, a few times',
  summary: 'Leads back to an earlier step, but only so many times.',
  icon: 'repeat',
  schema: goToSchema,
  waits: null,
  boundedExits: ['next'],
  handles: () => [
    { id: 'next', label: 'Again' },
    { id: 'limit', label: 'Enough' },
  ],
  compile: ({ times }, { nodeId, exit, guard, update }) => ({
    always: [
      exit('next', { guard: guard('left', { nodeId, times }), actions: [update('count', { nodeId })] }),
      exit('limit'),
    ],
  }),
  guards: {
    left: (scope, { nodeId, times }: { nodeId: string; times: number }) => taken(scope, nodeId) < times,
  },
  updates: { count },
  describe: ({ times }) => ({ title: 'Go to, a few times', body: times === 1 ? 'Once' : `At most ${times} times` }),
})

function count(scope: Scope, { nodeId }: { nodeId: string }): Partial<StoredContext> {
  return { memory: { ...scope.context.memory, [nodeId]: { taken: taken(scope, nodeId) + 1 } } }
}

/** How often the session went on by this node. */
function taken({ context: { memory } }: Scope, nodeId: string): number {
  return Number(memory[nodeId]?.taken ?? 0)
}
