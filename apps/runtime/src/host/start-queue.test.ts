import { stoppedClock } from '@textloom/core/testing'
import { expect, test, vi } from 'vitest'
import type { PendingStartWrite } from '../db/hot/types.ts'
import type { Outcome } from './incoming.ts'
import { startStartQueue } from './start-queue.ts'

const startOf = (phone: string, id: string): PendingStartWrite => ({
  channel: '4040',
  phone,
  id,
  flowId: 'asked',
  node: null,
  source: 'api',
  params: {},
  text: null,
  message: null,
  requestedAt: 0,
  expiresAt: 1_000_000,
})

test('starts that wait are begun in order: none while one before it does not begin', async () => {
  const idle = [startOf('anna', '1'), startOf('ben', '2'), startOf('anna', '3'), startOf('ben', '4')]
  const becomes: Record<string, Outcome> = { 'queued:2': { status: 'ignored', reason: 'lapsed' } }
  const asked: string[] = []
  const queue = startStartQueue({
    store: { load: () => Promise.resolve([]), idle: () => Promise.resolve(idle) },
    clock: stoppedClock(),
    submit: (event) => {
      const id = 'messageId' in event ? event.messageId : ''
      asked.push(id)
      return Promise.resolve(becomes[id] ?? { status: 'waiting', runId: id })
    },
    failed: (error) => {
      throw error
    },
  })
  await vi.waitFor(() => expect(asked).toHaveLength(3))
  await queue.stop()
  expect(asked).toEqual(['queued:1', 'queued:2', 'queued:4'])
})
