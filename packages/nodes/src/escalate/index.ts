import { type CompileContext, defineNode, type Scope, type StateFragment, type TicketOutcome } from '@textloom/core'
import { inWords } from '../wait/words.ts'
import { type EscalateData, escalateSchema } from './schema.ts'

/** Brings the conversation to people: the flow is silent until they close their ticket, or time is up. */
export const escalate = defineNode({
  type: 'escalate',
  version: 1,
  family: 'people',
  title: 'Hand over to a person',
  summary: 'Brings the conversation to your agents and goes on when they are done.',
  icon: 'headset',
  schema: escalateSchema,
  waits: 'agent',
  handles: ({ timeout }) => [
    { id: 'resolved', label: 'Resolved' },
    { id: 'unavailable', label: 'Nobody available' },
    { id: 'outside-hours', label: 'Outside hours' },
    { id: 'timeout', label: 'Timed out', ...(timeout === undefined ? { optional: true } : {}) },
  ],
  compile: compileEscalate,
  guards: {
    ended: ({ event }: Scope, { as }: { as: TicketOutcome }) => event.type === 'ticket' && event.outcome === as,
  },
  describe: ({ queue, topic, priority = 'normal', note, timeout }) => ({
    title: 'Hand over',
    body: [
      [`To ${queue}`, ...(topic ? [topic] : []), ...(priority === 'normal' ? [] : [priority])].join(' · '),
      ...(note.trim() === '' ? [] : [note]),
      ...(timeout === undefined ? [] : [`Waits ${inWords(timeout)}`]),
    ].join('\n'),
  }),
  queues: ({ queue }) => [{ path: 'queue', queue }],
  templates: ({ topic, note }) => [
    ...(topic === undefined ? [] : [{ path: 'topic', template: topic, use: 'value' as const }]),
    { path: 'note', template: note, use: 'value' },
  ],
})

/** The exits by how the ticket ended. */
const exits = {
  resolved: 'resolved',
  unavailable: 'unavailable',
  'outside-hours': 'outside-hours',
  'timed-out': 'timeout',
} as const satisfies Readonly<Record<TicketOutcome, string>>

function compileEscalate(data: EscalateData, context: CompileContext): StateFragment {
  const { queue, topic, priority = 'normal', note, timeout } = data
  const { nodeId, effect, guard, leave, durationMs } = context
  const ended = (Object.keys(exits) as TicketOutcome[]).flatMap(
    (outcome) => leave(exits[outcome], { guard: guard('ended', { as: outcome }) }) ?? [],
  )
  const late = timeout === undefined ? undefined : leave('timeout')
  return {
    entry: [effect({ kind: 'ticket', id: nodeId, queue, ...(topic === undefined ? {} : { topic }), priority, note })],
    on: { [`ticket.${nodeId}`]: ended },
    ...(timeout === undefined || !late ? {} : { after: { [durationMs(timeout)]: [late] } }),
    // Whatever ends the wait other than the agents takes the ticket back.
    exit: [effect({ kind: 'ticket.withdraw', id: nodeId })],
  }
}
