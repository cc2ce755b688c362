import { expect, test } from 'vitest'
import { deliveryWords } from './delivery.ts'

test.each([
  { status: 'delivered', error: null, note: 'Delivered', tone: 'plain' },
  { status: 'queued', error: null, note: 'Waits to be sent', tone: 'plain' },
  { status: 'failed', error: { code: 'smpp/throttled' }, note: 'Not sent: smpp/throttled', tone: 'bad' },
  {
    status: 'failed',
    error: { code: 'x', message: 'No such number.' },
    note: 'Not sent: No such number.',
    tone: 'bad',
  },
  { status: 'expired', error: null, note: 'Given up, it waited too long', tone: 'bad' },
])('a text that is $status is noted "$note"', ({ status, error, note, tone }) => {
  expect(deliveryWords({ status, error })).toEqual({ note, tone })
})
