import { expect, test } from 'vitest'
import { deliveryWords } from './delivery.ts'

const sentAt = '2026-03-12T10:25:00.000Z'
const refused = { code: 'x', message: 'No such number.' }

test.each([
  { status: 'delivered', sentAt, error: null, note: 'Delivered', tone: 'plain' },
  { status: 'queued', sentAt: null, error: null, note: 'Waits to be sent', tone: 'plain' },
  { status: 'failed', sentAt: null, error: { code: 'smpp/throttled' }, note: 'Not sent: smpp/throttled', tone: 'bad' },
  { status: 'failed', sentAt: null, error: refused, note: 'Not sent: No such number.', tone: 'bad' },
  { status: 'failed', sentAt, error: null, note: 'Sent, but not delivered', tone: 'bad' },
  {
    status: 'failed',
    sentAt: null,
    error: { code: 'runtime/cancelled' },
    note: 'Taken back before it left',
    tone: 'plain',
  },
  { status: 'expired', sentAt: null, error: null, note: 'Given up, it waited too long', tone: 'bad' },
])('a text that is $status, sent at $sentAt, is noted "$note"', ({ status, sentAt, error, note, tone }) => {
  expect(deliveryWords({ status, sentAt, error })).toEqual({ note, tone })
})
