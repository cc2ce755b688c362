import type { JsonObject, TicketOutcome } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { escalate } from './index.ts'
import type { EscalateData } from './schema.ts'

const data: EscalateData = { queue: 'support', note: '{{ contact.name }} needs help', timeout: 'P1D' }
const play = (more: Partial<EscalateData> = {}) =>
  sessionOn(escalate, { ...data, ...more } as JsonObject, { contact: { name: 'Bo' } })

test.each<{ more: Partial<EscalateData>; ticket: object }>([
  { more: {}, ticket: { queue: 'support', priority: 'normal', note: 'Bo needs help' } },
  {
    more: { topic: 'order of {{ contact.name }}', priority: 'urgent' },
    ticket: { queue: 'support', topic: 'order of Bo', priority: 'urgent', note: 'Bo needs help' },
  },
])('$more makes the ticket $ticket and the session rests', ({ more, ticket }) => {
  const session = play(more)
  expect(session.effects).toEqual([{ kind: 'ticket', node: 'escalate', id: 'escalate', ...ticket }])
  expect(session.rest).toEqual({ node: 'escalate', for: 'agent', until: session.now + 86_400_000 })
})

test.each<{ outcome: TicketOutcome; leftBy: string }>([
  { outcome: 'resolved', leftBy: 'resolved' },
  { outcome: 'unavailable', leftBy: 'unavailable' },
  { outcome: 'outside-hours', leftBy: 'outside-hours' },
  { outcome: 'timed-out', leftBy: 'timeout' },
])('a ticket that ends as $outcome leaves by $leftBy, and is not taken back', ({ outcome, leftBy }) => {
  const session = play().gets({ type: 'ticket', id: 'escalate', outcome })
  expect(session.leftBy).toBe(leftBy)
  expect(session.effects.map(({ kind }) => kind)).toEqual(['ticket'])
})

test('the contact texting meanwhile is for the agents', () => {
  const session = play().hears('Hello?')
  expect(session.last?.ignored).toBe('not-waiting')
  expect(session.leftBy).toBeUndefined()
})

test('time takes the ticket back', () => {
  const session = play().advance('P1D')
  expect(session.leftBy).toBe('timeout')
  expect(session.effects.at(-1)).toEqual({ kind: 'ticket.withdraw', id: 'escalate' })
})

test('without a time it waits as long as the session lives, and "timeout" may stay open', () => {
  const { timeout: _none, ...endless } = data
  expect(escalate.handles(endless).find(({ id }) => id === 'timeout')?.optional).toBe(true)
  expect(escalate.handles(data).find(({ id }) => id === 'timeout')?.optional).toBeUndefined()
  const session = sessionOn(escalate, endless as JsonObject)
  expect(session.rest?.until).toBeNull()
  expect(session.advance('P3D').leftBy).toBeUndefined()
})

test('the card says where it goes', () => {
  expect(escalate.describe({ ...data, topic: 'billing', priority: 'high' }).body).toBe(
    'To support · billing · high\n{{ contact.name }} needs help\nWaits 1 day',
  )
})
