import { defineNode, type Happening } from '@textloom/core'
import { isListed } from '../listed.ts'
import { withPolicy } from '../when-busy.ts'
import { type TicketClosedData, ticketClosedSchema, usualWhenBusy } from './schema.ts'

/** Begins a flow when the talk of a contact with a person is over. */
export const ticketClosed = defineNode({
  type: 'ticket-closed',
  version: 1,
  family: 'start',
  title: 'Talk with a person is over',
  summary: 'Starts when a ticket of the contact is closed, for example to ask how it went.',
  icon: 'ticket',
  schema: ticketClosedSchema,
  waits: null,
  handles: () => [{ id: 'next', label: 'Start' }],
  compile: (_data, { exit }) => ({ always: [exit('next')] }),
  describe: ({ queues = [], outcome = 'any', whenBusy = usualWhenBusy }) => ({
    title: 'Talk with a person is over',
    body: withPolicy(
      `When a ticket${queues.length === 0 ? '' : ` of ${queues.join(', ')}`} ${ends[outcome]}`,
      whenBusy,
      usualWhenBusy,
    ),
  }),
  queues: ({ queues = [] }) => queues.map((queue, index) => ({ path: `queues[${index}]`, queue })),
  start: { on: 'ticket-closed', wants, whenBusy: ({ whenBusy }) => whenBusy ?? usualWhenBusy },
})

const ends = { any: 'is closed', resolved: 'is closed as resolved', unresolved: 'is closed unresolved' } as const

function wants({ queues, outcome = 'any' }: TicketClosedData, { queue, outcome: ended }: Happening): boolean {
  return isListed(queue, queues) && (outcome === 'any' || (outcome === 'resolved') === (ended === 'resolved'))
}
