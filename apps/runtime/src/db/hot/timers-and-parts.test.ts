import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../../testing/on-each-engine.ts'
import { batchOf, NOW, newKey, STORED, sessionWrite } from '../../testing/rows.ts'
import { bucketOf } from '../bucket.ts'
import { overdueParts, type Part, storePart } from './parts.ts'
import { loadPendingStarts } from './pending-starts.ts'
import { store } from './store.ts'
import { dueSessions, nextDueAt } from './timers.ts'
import type { SessionKey } from './types.ts'

onEachEngine(({ database, emptyDatabase }) => {
  describe('timers', () => {
    test('come due oldest first, in the buckets asked for, no more than asked for', async () => {
      const { sql } = await emptyDatabase()
      expect(await nextDueAt(sql, null)).toBeNull()
      const keys = Array.from({ length: 6 }, () => newKey())
      const due = keys.map((key, index) => ({ ...key, nextDueAt: NOW + index }))
      const sessions = due.map((session) =>
        sessionWrite(session, 1, { timers: [{ id: 't', setAtRev: 1, dueAt: session.nextDueAt }] }),
      )
      await store(sql, { sessions: [...sessions, sessionWrite(newKey(), 1)] })
      expect(await nextDueAt(sql, null)).toBe(NOW)
      expect(await dueSessions(sql, { buckets: null, now: NOW + 3, limit: 10 })).toEqual(due.slice(0, 4))
      expect(await dueSessions(sql, { buckets: null, now: NOW + 3, limit: 2 })).toEqual(due.slice(0, 2))
      const third = bucketOf(keys[3]!.channel, keys[3]!.phone)
      const inThird = due.filter(({ channel, phone }) => bucketOf(channel, phone) === third)
      expect(await dueSessions(sql, { buckets: [third], now: NOW + 9, limit: 10 })).toEqual(inThird)
      expect(await nextDueAt(sql, [third])).toBe(inThird[0]!.nextDueAt)
      expect(await dueSessions(sql, { buckets: [], now: NOW + 9, limit: 10 })).toEqual([])
    })

    test('that are set further off are due later', async () => {
      const { sql } = await emptyDatabase()
      const key = newKey()
      const timers = (dueAt: number) => ({ timers: [{ id: 't', setAtRev: 1, dueAt }] })
      await store(sql, { sessions: [sessionWrite(key, 1, timers(NOW))] })
      await store(sql, { sessions: [sessionWrite(key, 2, timers(NOW + 31 * 86_400_000))] })
      expect(await dueSessions(sql, { buckets: null, now: NOW, limit: 10 })).toEqual([])
      expect(await nextDueAt(sql, null)).toBe(NOW + 31 * 86_400_000)
    })
  })

  describe('parts of a long MO', () => {
    const REUSE_MS = 60_000
    const partOf = (key: SessionKey, sequence: number, changes: Partial<Part> = {}): Part => ({
      ...key,
      reference: '7',
      sequence,
      total: 2,
      encoding: 'ucs2',
      octetsHex: `00${sequence}0`,
      link: 'smsc-a',
      messageId: `mo:${key.phone}:${sequence}`,
      recipient: '4040',
      receivedAt: NOW,
      ...changes,
    })
    const put = (part: Part) => storePart(database().sql, part, REUSE_MS)
    const handle = (key: SessionKey, at = NOW) =>
      store(
        database().sql,
        batchOf(key, 1, { partsDone: [1, 2].map((sequence) => ({ ...partOf(key, sequence), at })) }),
      )

    test('gather until all are there, in whatever order', async () => {
      const key = newKey()
      const [first, second] = [partOf(key, 1), partOf(key, 2)]
      expect(await put(second)).toEqual({ isNew: true, waiting: [second] })
      expect(await put(first)).toEqual({ isNew: true, waiting: [first, second] })
    })

    test('of other phones and references are other messages', async () => {
      const key = newKey()
      await put(partOf(key, 1))
      expect((await put(partOf(newKey(), 2))).waiting).toHaveLength(1)
      expect((await put(partOf(key, 2, { reference: '8' }))).waiting).toHaveLength(1)
    })

    test('that come again while they wait change nothing', async () => {
      const key = newKey()
      const part = partOf(key, 1)
      await put(part)
      expect(await put({ ...part, messageId: 'other', receivedAt: NOW + 1 })).toEqual({ isNew: false, waiting: [part] })
    })

    test('that come again after their message was handled start no new one', async () => {
      const key = newKey()
      await put(partOf(key, 1))
      await put(partOf(key, 2))
      expect(await handle(key)).toEqual(STORED)
      expect(await put(partOf(key, 2, { receivedAt: NOW + REUSE_MS }))).toEqual({ isNew: false, waiting: [] })
    })

    test.each([
      { title: 'with other octets', changes: { octetsHex: 'ffff' } },
      { title: 'long after', changes: { receivedAt: NOW + REUSE_MS + 1 } },
      { title: 'of another number of parts', changes: { total: 3 } },
    ])('of a reference used again ($title) are a new message', async ({ changes }) => {
      const key = newKey()
      await put(partOf(key, 1))
      await put(partOf(key, 2))
      await handle(key)
      const again = partOf(key, 2, changes)
      expect(await put(again)).toEqual({ isNew: true, waiting: [again] })
    })

    test('are overdue once nothing came for their message, all of it together', async () => {
      const { sql } = await emptyDatabase()
      const [old, fresh] = [newKey(), newKey()]
      const [first, last] = [partOf(fresh, 1, { receivedAt: NOW + 1 }), partOf(fresh, 2, { receivedAt: NOW + 10 })]
      const stored = [partOf(old, 1), first, last]
      for (const part of stored) await storePart(sql, part, REUSE_MS)
      expect(await overdueParts(sql, { before: NOW + 9, limit: 10 })).toEqual(stored.slice(0, 1))
      expect(await overdueParts(sql, { before: NOW + 10, limit: 10 })).toEqual(stored)
    })
  })

  test('starts that wait are listed oldest first', async () => {
    const key = newKey()
    const start = (id: string, requestedAt: number) => ({
      ...key,
      id: `00000000-0000-7000-8000-00000000000${id}`,
      flowId: 'nps',
      params: { visit: 7 },
      source: 'mo',
      node: 'start',
      text: 'HELLO',
      message: '00000000-0000-7000-8000-000000000009',
      requestedAt,
      expiresAt: NOW + 9,
    })
    const [late, early] = [start('1', NOW + 1), start('2', NOW)]
    await store(database().sql, batchOf(key, 1, { pendingStarts: [late, early] }))
    expect(await loadPendingStarts(database().sql, key)).toEqual([early, late])
    expect(await loadPendingStarts(database().sql, newKey())).toEqual([])
  })
})
