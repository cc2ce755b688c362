import { defineNode, jsonObjectSchema, nodeRegistry } from '@textloom/core'
import { nodeTypes } from '@textloom/nodes'

const face = {
  summary: '',
  icon: '',
  schema: jsonObjectSchema,
  describe: () => ({ title: '', body: '' }),
}

/** Calls the flow `data.flow` and leaves by how it ended. */
const calling = defineNode({
  ...face,
  family: 'do',
  type: 'test-call',
  version: 1,
  title: 'Call',
  waits: null,
  handles: () => ['next', 'expired', 'failed'].map((id) => ({ id, label: id })),
  compile: ({ flow, params = {} }, { nodeId, effect, exit, guard, update }) => ({
    entry: [effect({ kind: 'call', flow: flow ?? '', params })],
    on: {
      [`flow.${nodeId}`]: [
        exit('expired', { guard: guard('ended', { as: 'expired' }) }),
        exit('failed', { guard: guard('ended', { as: 'failed' }) }),
        exit('next', { actions: [update('keep')] }),
      ],
    },
  }),
  guards: { ended: ({ event }, { as }) => event.type === 'flow' && event.outcome === as },
  updates: {
    keep: ({ context, event }) =>
      event.type === 'flow' ? { vars: { ...context.vars, returned: JSON.stringify(event.returned) } } : {},
  },
})

/** Brings the conversation to people, for an hour at most. */
const escalating = defineNode({
  ...face,
  family: 'people',
  type: 'test-escalate',
  version: 1,
  title: 'Escalate',
  waits: 'agent',
  handles: () => ['closed', 'timeout'].map((id) => ({ id, label: id })),
  compile: (_data, { nodeId, effect, exit }) => ({
    entry: [effect({ kind: 'ticket', id: nodeId, queue: 'care', priority: 'high', note: '{{ reply.text }}' })],
    on: { [`ticket.${nodeId}`]: [exit('closed')] },
    after: { 3600000: [exit('timeout')] },
    exit: [effect({ kind: 'ticket.withdraw', id: nodeId })],
  }),
})

/** Changes the contact by `data.change`. */
const changing = defineNode({
  ...face,
  family: 'do',
  type: 'test-change',
  version: 1,
  title: 'Change',
  waits: null,
  handles: () => [{ id: 'next', label: 'next' }],
  compile: ({ change }, { changeContact, exit }) => ({
    entry: changeContact(change as never),
    always: [exit('next')],
  }),
})

/** Sends a tracked link and waits, `data.seconds` as it computes them, for its click. */
const linking = defineNode({
  ...face,
  family: 'talk',
  type: 'test-link',
  version: 1,
  title: 'Link',
  waits: 'time',
  handles: () => ['clicked', 'timeout'].map((id) => ({ id, label: id })),
  compile: ({ seconds = '1' }, { nodeId, effect, exit, delay }) => ({
    entry: [effect({ kind: 'sendMt', text: 'Look: {{ link }}', link: 'https://example.com/?q={{ reply.text }}' })],
    on: { [`link.${nodeId}`]: [exit('clicked')] },
    after: { [delay('patience', { seconds })]: [exit('timeout')] },
  }),
  delays: { patience: ({ render }, { seconds }) => Number(render(String(seconds))) * 1_000 },
})

/** All node types, and small ones for what the engine can do beyond them. */
export const callingRegistry = nodeRegistry([...nodeTypes, calling, escalating, changing, linking])
