import { type AnyNodeType, defineNode, jsonObjectSchema, nodeRegistry, type StartKind } from '@textloom/core'
import { nodeTypes } from '@textloom/nodes'
import * as z from 'zod'

/** Does what its data says, whatever it is, and goes on: for tests of what the host makes of effects. */
const act = defineNode({
  type: 'act',
  version: 1,
  family: 'do',
  title: 'Act',
  summary: 'Asks the host for something.',
  icon: 'bolt',
  schema: z.strictObject({
    effects: z.array(jsonObjectSchema).default([]),
    changes: z.array(jsonObjectSchema).default([]),
  }),
  waits: null,
  handles: () => [{ id: 'next', label: 'Next' }],
  compile: ({ effects, changes }, { effect, changeContact, exit }) => ({
    entry: [
      ...changes.flatMap((change) => changeContact(change as never)),
      ...effects.map((one) => effect(one as never)),
    ],
    always: [exit('next')],
  }),
  describe: () => ({ title: 'Act', body: '' }),
})

/** Calls another flow. */
const calling = defineNode({
  type: 'calling',
  version: 1,
  family: 'do',
  title: 'Call',
  summary: 'Calls another flow.',
  icon: 'arrow-fork',
  schema: z.strictObject({ flow: z.string() }),
  waits: null,
  calls: ({ flow }) => [{ path: 'flow', flow, params: [] }],
  handles: () => [
    { id: 'completed', label: 'Completed' },
    { id: 'other', label: 'Other' },
  ],
  compile: ({ flow }, { nodeId, effect, exit, guard }) => ({
    entry: [effect({ kind: 'call', flow, params: {} })],
    on: { [`flow.${nodeId}`]: [exit('completed', { guard: guard('isCompleted') }), exit('other')] },
  }),
  guards: { isCompleted: ({ event }) => event.type === 'flow' && event.outcome === 'completed' },
  describe: () => ({ title: 'Call', body: '' }),
})

const ticketOutcomes = ['resolved', 'unavailable', 'outside-hours', 'timed-out'] as const

/** Brings the conversation to people, and leaves by how that ended. */
const desk = defineNode({
  type: 'desk',
  version: 1,
  family: 'people',
  title: 'Desk',
  summary: 'Makes a ticket.',
  icon: 'headset',
  schema: z.strictObject({ queue: z.string(), timeoutMs: z.int().default(3_600_000) }),
  waits: 'agent',
  handles: () => ticketOutcomes.map((id) => ({ id, label: id })),
  compile: ({ queue, timeoutMs }, { nodeId, effect, exit, guard }) => ({
    entry: [effect({ kind: 'ticket', id: nodeId, queue, priority: 'high', note: 'Wants {{ reply.text }}' })],
    exit: [effect({ kind: 'ticket.withdraw', id: nodeId })],
    on: {
      [`ticket.${nodeId}`]: ticketOutcomes.map((outcome) => exit(outcome, { guard: guard('ended', { outcome }) })),
    },
    after: { [timeoutMs]: [exit('timed-out')] },
  }),
  guards: { ended: ({ event }, { outcome }) => event.type === 'ticket' && event.outcome === outcome },
  describe: () => ({ title: 'Desk', body: '' }),
})

/** Begins a flow in whatever way its data says. */
function startsOn(on: StartKind): AnyNodeType {
  return defineNode({
    type: `on-${on}`,
    version: 1,
    family: 'start',
    title: on,
    summary: `Starts: ${on}.`,
    icon: 'flag',
    schema: z.strictObject({
      word: z.string().optional(),
      whenBusy: z.enum(['queue', 'skip', 'interrupt']).default('skip'),
    }),
    waits: null,
    handles: () => [{ id: 'next', label: 'Next' }],
    compile: (_data, { exit }) => ({ always: [exit('next')] }),
    describe: () => ({ title: on, body: '' }),
    start: {
      on,
      score: ({ word }, { text }) => (on === 'mo' && word === text ? 9 : 0),
      whenBusy: ({ whenBusy }) => whenBusy,
    },
  })
}

/** All node types, and a few that only ask the host for one thing. */
export const sampleRegistry = nodeRegistry([
  ...nodeTypes,
  act,
  calling,
  desk,
  ...(['mo', 'api', 'campaign', 'call', 'new-contact', 'opt-in', 'ticket-closed'] as const).map(startsOn),
])
