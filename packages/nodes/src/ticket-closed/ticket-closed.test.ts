import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { ticketClosed } from './index.ts'

test('the flow begins at once, and no text begins it', () => {
  expect(sessionOn(ticketClosed, {}).begins().leftBy).toBe('next')
  expect(sessionOn(ticketClosed, {}).hears('thanks').leftBy).toBeUndefined()
})

test.each([
  { data: {}, closed: { queue: 'sales', outcome: 'timed-out' }, begins: true },
  { data: { outcome: 'any' }, closed: {}, begins: true },
  { data: { queues: ['Support'] }, closed: { queue: 'support', outcome: 'resolved' }, begins: true },
  { data: { queues: ['Support'] }, closed: { queue: 'sales', outcome: 'resolved' }, begins: false },
  { data: { queues: ['Support'] }, closed: {}, begins: false },
  { data: { outcome: 'resolved' }, closed: { outcome: 'resolved' }, begins: true },
  { data: { outcome: 'resolved' }, closed: { outcome: 'unavailable' }, begins: false },
  { data: { outcome: 'unresolved' }, closed: { outcome: 'outside-hours' }, begins: true },
  { data: { outcome: 'unresolved' }, closed: { outcome: 'resolved' }, begins: false },
] as const)('a start with $data after the ticket $closed: $begins', ({ data, closed, begins }) => {
  const { queues, outcome }: { queues?: readonly string[]; outcome?: 'any' | 'resolved' | 'unresolved' } = data
  expect(ticketClosed.start?.wants?.({ outcome, queues: queues && [...queues] }, closed)).toBe(begins)
})

test('waits for the end of another conversation unless it says otherwise', () => {
  expect(ticketClosed.start?.whenBusy({})).toBe('queue')
  expect(ticketClosed.start?.whenBusy({ whenBusy: 'skip' })).toBe('skip')
})

test.each([
  [{}, 'When a ticket is closed'],
  [{ queues: ['support', 'sales'], outcome: 'resolved' }, 'When a ticket of support, sales is closed as resolved'],
  [{ outcome: 'unresolved' }, 'When a ticket is closed unresolved'],
] as const)('the card of %j says "%s"', (data, body) => {
  expect(ticketClosed.describe(data as never).body).toBe(body)
})
