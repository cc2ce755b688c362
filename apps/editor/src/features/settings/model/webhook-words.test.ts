import { expect, test } from 'vitest'
import { deliveryLine, deliveryTone, hostOf, toldWords } from './webhook-words.ts'

const at = '2026-11-28T12:00:00Z'
const missed = { at, status: 500, error: null }

test.each([
  { delivery: { status: 'waiting', attempts: [] }, says: 'On its way', tone: 'plain' },
  { delivery: { status: 'waiting', attempts: [missed] }, says: 'Try 1: It answered 500.', tone: 'warn' },
  {
    delivery: { status: 'failed', attempts: [missed, { at, status: null, error: 'x.org did not answer in time.' }] },
    says: 'Given up after 2: x.org did not answer in time.',
    tone: 'bad',
  },
  { delivery: { status: 'failed', attempts: [] }, says: 'Given up: the webhook was disabled', tone: 'bad' },
  { delivery: { status: 'delivered', attempts: [{ at, status: 204, error: null }] }, says: 'Taken', tone: 'good' },
  {
    delivery: { status: 'delivered', attempts: [missed, { at, status: 204, error: null }] },
    says: 'Taken at try 2',
    tone: 'good',
  },
] as const)('"$says"', ({ delivery, says, tone }) => {
  expect(deliveryLine({ ...delivery, nextAttemptAt: null })).toBe(says)
  expect(deliveryTone({ ...delivery, nextAttemptAt: null })).toBe(tone)
})

test.each([
  { events: ['message.received'], says: 'Texts that come in' },
  { events: ['message.received', 'ticket.*', 'new.event'], says: 'Texts that come in, tickets, new.event' },
])('$events are "$says"', ({ events, says }) => expect(toldWords(events)).toBe(says))

test('a webhook is known by its server', () => {
  expect(hostOf('https://hooks.example.org:8443/a?b=c')).toBe('hooks.example.org:8443')
  expect(hostOf('nonsense')).toBe('nonsense')
})
