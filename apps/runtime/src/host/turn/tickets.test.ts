import { describe, expect, test } from 'vitest'
import type { Agent, TicketAct } from '../incoming.ts'
import { deskFlow, greetingFlow, sayingFlow } from '../testing/flows.ts'
import { type OnePhone, type OnePhoneOptions, onePhone, testKey } from '../testing/one-phone.ts'

const bob: Agent = { id: 'user:1', name: 'Bob' }
const eve: Agent = { id: 'user:2', name: 'Eve' }

function atTheDesk(more: OnePhoneOptions = {}): OnePhone {
  const phone = onePhone({ ...more, flows: [deskFlow(), ...(more.flows ?? [])] })
  phone.says('human')
  return phone
}

const ticketOf = (phone: OnePhone) =>
  (phone.row.state as { tickets?: readonly { id: string; assignee: string | null; queue: string }[] } | null)
    ?.tickets?.[0]

function does(phone: OnePhone, act: TicketAct, agent: Agent = bob, ticket = ticketOf(phone)?.id ?? 'none') {
  const messageId = `agent:${phone.row.rev}`
  return phone.takes({ kind: 'ticket', ...testKey, messageId, ticket, by: 'agent', agent, act })
}

describe('a flow that wants a person', () => {
  test('opens a ticket in the store of the same step', () => {
    const phone = atTheDesk()
    expect(phone.batch.tickets).toMatchObject([
      { queue: 'desk', node: 'desk', priority: 'high', note: 'Wants human', closed: null, openedAt: phone.now },
    ])
    expect(phone.events('ticket.opened')).toMatchObject([{ queue: 'desk', node: 'desk', run: phone.row.runId }])
    expect(ticketOf(phone)).toMatchObject({ assignee: null, queue: 'desk' })
  })

  test.each([
    { rules: { hours: [{ days: ['fri' as const], from: '09:00', to: '17:00' }] }, says: 'We are closed.' },
    { rules: { isStaffed: false }, says: 'Nobody is free.' },
  ])('hears at once that nobody can take it: $says', ({ rules, says }) => {
    const queue = { id: 'desk', parent: null, isStaffed: true, ...rules }
    // The clock of the test stands on a Thursday.
    const phone = atTheDesk({ routing: { queues: new Map([['desk', queue]]) } })
    expect(phone.texts).toEqual([says])
    expect(phone.events('ticket.refused', 'ticket.opened', 'ticket.closed')).toHaveLength(1)
    expect(phone.batch.tickets).toMatchObject([{ closed: { by: null } }])
    expect(phone.row.state).toBeNull()
  })

  test('gives up by its own time, and the ticket is closed', () => {
    const phone = atTheDesk()
    phone.passes(3_600_000)
    expect(phone.texts).toEqual(['Sorry for the wait.'])
    expect(phone.batch.ticketChanges).toMatchObject([{ closed: { outcome: 'timed-out', by: null } }])
    expect(phone.events('ticket.closed')).toMatchObject([{ outcome: 'timed-out' }])
  })
})

describe('while a ticket is open', () => {
  test('a text goes to the people who have it, and no flow hears it', () => {
    const phone = atTheDesk({ flows: [greetingFlow()] })
    expect(phone.says('hello')).toMatchObject({ status: 'ticket' })
    expect(phone.texts).toEqual([])
    expect(phone.batch.inbox).toMatchObject([{ outcome: 'ticket', runId: phone.row.runId }])
    expect(phone.batch.ticketChanges).toMatchObject([{ lastHeardAt: phone.now, closed: null }])
    expect(phone.events('ticket.heard')).toHaveLength(1)
  })

  test('a flow that interrupts does so, and the ticket is withdrawn', () => {
    const phone = atTheDesk({ flows: [greetingFlow({ interrupts: true })] })
    expect(phone.says('hello')).toMatchObject({ status: 'transition' })
    expect(phone.texts).toEqual(['Shall we? hello'])
    expect(phone.events('ticket.closed')).toMatchObject([{ outcome: 'withdrawn' }])
  })

  test('STOP ends everything, and HELP is answered', () => {
    const phone = atTheDesk()
    expect(phone.says('help')).toMatchObject({ status: 'keyword' })
    expect(ticketOf(phone)).toBeDefined()
    phone.says('STOP')
    expect(phone.row.state).toBeNull()
    expect(phone.batch.ticketChanges).toMatchObject([{ closed: { outcome: 'withdrawn' } }])
  })

  test('the session does not run out of time, however long people talk', () => {
    const phone = onePhone({ flows: [deskFlow({ timeoutMs: 365 * 86_400_000 })] })
    phone.says('human')
    phone.passes(366 * 86_400_000 - 1_000)
    expect(phone.events('session.ended')).toMatchObject([{ outcome: 'completed' }])
    const patient = onePhone({ flows: [{ ...deskFlow({ timeoutMs: 1_000 }), settings: { expiry: 'PT0S' } }] })
    patient.says('human')
    expect(ticketOf(patient)).toBeDefined()
  })
})

describe('an agent', () => {
  test('claims, answers and closes, and the flow goes on', () => {
    const phone = atTheDesk()
    const { id = '' } = ticketOf(phone) ?? {}
    expect(does(phone, { do: 'claim' })).toEqual({ status: 'ticket', ticket: id })
    expect(phone.batch.ticketChanges).toMatchObject([{ id, assignee: 'user:1', assigneeName: 'Bob' }])
    does(phone, { do: 'reply', id: 'message', text: 'How can I help?' })
    expect(phone.batch.outbox).toMatchObject([
      {
        id: 'message',
        source: 'agent',
        runId: phone.row.runId,
        payload: { text: 'How can I help?', agent: 'Bob', ticket: id },
      },
    ])
    expect(phone.batch.ticketChanges).toMatchObject([{ firstReplyAt: phone.now, lastReplyAt: phone.now }])
    does(phone, { do: 'close', outcome: 'resolved' })
    expect(phone.texts).toEqual(['Glad we could help.'])
    expect(phone.batch.ticketChanges).toMatchObject([{ closed: { outcome: 'resolved', by: 'Bob' } }])
    expect(does(phone, { do: 'close', outcome: 'resolved' }, bob, id)).toEqual({
      status: 'ignored',
      reason: 'ticket-closed',
    })
  })

  test('who answers a ticket that nobody has has it then', () => {
    const phone = atTheDesk()
    does(phone, { do: 'reply', id: 'message', text: 'Hello' })
    expect(ticketOf(phone)).toMatchObject({ assignee: 'user:1' })
    expect(phone.events('ticket.claimed', 'ticket.replied')).toHaveLength(2)
  })

  test.each<TicketAct>([
    { do: 'claim' },
    { do: 'reply', id: 'm', text: 'Hello' },
    { do: 'close', outcome: 'resolved' },
  ])('cannot $do a ticket that is a colleague’s', (act) => {
    const phone = atTheDesk()
    does(phone, { do: 'claim' })
    expect(does(phone, act, eve)).toEqual({ status: 'ignored', reason: 'ticket-taken' })
    does(phone, { do: 'transfer', to: eve }, bob)
    expect(does(phone, act, eve)).toMatchObject({ status: 'ticket' })
  })

  test('hands a ticket to another queue, where it is nobody’s', () => {
    const phone = atTheDesk()
    does(phone, { do: 'claim' })
    does(phone, { do: 'transfer', queue: 'claims' })
    expect(ticketOf(phone)).toMatchObject({ queue: 'claims', assignee: null })
    does(phone, { do: 'claim' })
    does(phone, { do: 'release' })
    expect(ticketOf(phone)).toMatchObject({ assignee: null })
  })

  test('notes what only colleagues see', () => {
    const phone = atTheDesk()
    does(phone, { do: 'note', id: 'note', text: 'Third time this week' })
    expect(phone.texts).toEqual([])
    expect(phone.batch.ticketNotes).toMatchObject([{ id: 'note', text: 'Third time this week', authorName: 'Bob' }])
  })
})

test.each([
  { outcome: 'resolved' as const, texts: ['Glad we could help.', 'How was it?'] },
  { outcome: 'unavailable' as const, texts: ['Nobody is free.', 'How was it?'] },
])('a flow that waits for the end of tickets begins after the one that opened it: $outcome', ({ outcome, texts }) => {
  const phone = atTheDesk({ flows: [sayingFlow(['on-ticket-closed', { whenBusy: 'queue' }], 'How was it?')] })
  does(phone, { do: 'close', outcome })
  expect(phone.texts).toEqual(texts)
})
