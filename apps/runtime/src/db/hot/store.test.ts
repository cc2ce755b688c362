import type { DlrState, Json, StoredSession } from '@textloom/core'
import * as fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../../testing/on-each-engine.ts'
import { batchOf, eventWrite, inboxWrite, NOW, newKey, outboxWrite, STORED, sessionWrite } from '../../testing/rows.ts'
import { findRedelivered } from './find-redelivered.ts'
import { loadSessions } from './load-sessions.ts'
import { store } from './store.ts'
import type { SessionKey, StoreBatch } from './types.ts'

const state: StoredSession = {
  frames: [
    {
      revision: 'r1',
      snapshot: {
        status: 'active',
        value: 'ask-name',
        context: { vars: { name: 'Zoë "Z" 👍' }, params: {}, results: {}, reply: { text: 'hi' }, memory: {} },
        historyValue: {},
      },
    },
  ],
  startedAt: NOW,
  lastActivityAt: NOW,
}

onEachEngine(({ database }) => {
  const count = async (table: string, { channel, phone }: SessionKey): Promise<number> => {
    const rows = await database().sql.query<{ n: number }>(
      `select count(*) as n from ${table} where channel = $1 and phone = $2`,
      [channel, phone],
    )
    return rows[0]!.n
  }
  const load = async (key: SessionKey) => (await loadSessions(database().sql, [key]))[0]!

  describe('a batch', () => {
    test('is stored as a whole, and its session is loaded as it was stored', async () => {
      const key = newKey()
      const { sql } = database()
      const write = sessionWrite(key, 1, {
        runId: uuidv7(),
        state,
        timers: [
          { id: 'late', setAtRev: 1, dueAt: NOW + 9_000 },
          { id: 'early', setAtRev: 1, dueAt: NOW + 1 },
        ],
        pending: [{ id: 'http.1', rev: 1, n: 2 }],
      })
      const batch: StoreBatch = {
        sessions: [write],
        inbox: [inboxWrite(key, 'mo:1')],
        outbox: [outboxWrite(key, 1, 0), outboxWrite(key, 1, 1)],
        events: [eventWrite(key, 1, 0), eventWrite(key, 1, 1)],
      }
      expect(await store(sql, batch)).toEqual(STORED)
      const { updatedAt: _, ...stored } = write
      expect(await load(key)).toEqual({ ...stored, contact: null, suppressed: [], hasPendingStart: false })
      expect(await Promise.all(['inbox', 'outbox', 'event'].map((table) => count(table, key)))).toEqual([1, 2, 2])
      const due = await sql.query('select next_due_at from session where phone = $1', [key.phone])
      expect(due).toEqual([{ next_due_at: new Date(NOW + 1) }])
    })

    test('of nothing is nothing', async () => {
      expect(await store(database().sql, { sessions: [] })).toEqual(STORED)
    })

    test('may move many sessions at once, known and new', async () => {
      const keys = Array.from({ length: 50 }, () => newKey())
      const { sql } = database()
      const half = keys.filter((_, index) => index % 2 === 0)
      expect(await store(sql, { sessions: half.map((key) => sessionWrite(key, 1)) })).toEqual(STORED)
      const sessions = keys.map((key, index) => sessionWrite(key, index % 2 === 0 ? 2 : 1))
      expect(await store(sql, { sessions, inbox: keys.map((key) => inboxWrite(key, `mo:${key.phone}`)) })).toEqual(
        STORED,
      )
      const revs = new Map((await loadSessions(sql, keys)).map(({ phone, rev }) => [phone, rev]))
      expect(keys.map(({ phone }) => revs.get(phone))).toEqual(sessions.map(({ rev }) => rev))
    })
  })

  describe('a conflict undoes everything', () => {
    test.each([
      { title: 'a session stored before at this rev', stored: [1, 2], rev: 2, messageId: 'new' },
      { title: 'a session two behind', stored: [1], rev: 3, messageId: 'new' },
      { title: 'a session that is not there, at another rev than 1', stored: [], rev: 2, messageId: 'new' },
      { title: 'a session that is there, at rev 1', stored: [1], rev: 1, messageId: 'new' },
      { title: 'a message id that is known', stored: [1], rev: 2, messageId: 'known' },
    ])('$title', async ({ stored, rev, messageId }) => {
      const key = newKey()
      const innocent = newKey()
      const { sql } = database()
      for (const earlier of stored) {
        const outbox = [outboxWrite(key, earlier, 0)]
        const inbox = earlier === 1 ? [inboxWrite(key, 'known')] : []
        expect(await store(sql, batchOf(key, earlier, { outbox, inbox }))).toEqual(STORED)
      }
      const batch: StoreBatch = {
        sessions: [sessionWrite(innocent, 1), sessionWrite(key, rev)],
        inbox: [inboxWrite(innocent, 'fresh'), inboxWrite(key, messageId)],
        // The same keys as rows that are already there: that alone would be a unique violation, and poison.
        outbox: [outboxWrite(innocent, 1, 0), outboxWrite(key, rev, 0)],
        events: [eventWrite(innocent, 1), eventWrite(key, rev)],
        suppressions: [{ phone: key.phone, topic: '', change: 'add', channel: null, source: 'keyword', at: NOW }],
      }
      expect(await store(sql, batch)).toBe('conflict')
      expect(await load(innocent)).toMatchObject({ rev: 0 })
      expect(await load(key)).toMatchObject({ rev: stored.length, suppressed: [] })
      expect(await count('outbox', key)).toBe(stored.length)
      expect(await count('event', key)).toBe(0)
      expect(await count('inbox', innocent)).toBe(0)
    })

    test('and findRedelivered says which messages were known, by channel', async () => {
      const key = newKey()
      const elsewhere = { ...key, channel: '5050' }
      const { sql } = database()
      await store(sql, batchOf(key, 1, { inbox: [inboxWrite(key, 'mo:1')] }))
      const asked = [
        { ...key, messageId: 'mo:1' },
        { ...key, messageId: 'mo:2' },
        { ...elsewhere, messageId: 'mo:1' },
      ]
      expect(await findRedelivered(sql, asked)).toEqual([asked[0]])
    })
  })

  describe('a row that cannot be stored is poison', () => {
    const broken: readonly { title: string; batch: (key: SessionKey) => StoreBatch }[] = [
      { title: 'U+0000 in a text', batch: (key) => batchOf(key, 1, { inbox: [inboxWrite(key, 'mo:\0')] }) },
      {
        title: 'an unpaired surrogate in a text',
        batch: (key) => batchOf(key, 1, { inbox: [inboxWrite(key, 'mo:\ud800')] }),
      },
      {
        title: 'an id that is no UUID',
        batch: (key) => batchOf(key, 1, { inbox: [inboxWrite(key, 'mo:1', { id: 'x' })] }),
      },
      {
        title: 'a key too long for its index',
        batch: (key) =>
          batchOf(key, 1, { inbox: [inboxWrite(key, Array.from({ length: 900 }, () => uuidv7()).join())] }),
      },
      {
        title: 'an effect twice',
        batch: (key) => batchOf(key, 1, { outbox: [outboxWrite(key, 1, 0), outboxWrite(key, 1, 0)] }),
      },
      {
        title: 'a time that is none',
        batch: (key) => batchOf(key, 1, { events: [eventWrite(key, 1, 0, { at: Number.NaN })] }),
      },
      {
        title: 'JSON deeper than can be written',
        batch: (key) => batchOf(key, 1, { events: [eventWrite(key, 1, 0, { data: nested(50_000) })] }),
      },
    ]
    test.each(broken)('$title', async ({ batch }) => {
      const key = newKey()
      await expect(store(database().sql, batch(key))).rejects.toMatchObject({ isPoison: true, isUnavailable: false })
      expect(await load(key)).toMatchObject({ rev: 0 })
    })
  })

  test('a tombstone goes on counting where it stopped', async () => {
    const key = newKey()
    const { sql } = database()
    await store(sql, batchOf(key, 1))
    await store(sql, batchOf(key, 2, { sessions: [sessionWrite(key, 2, { state: null, runId: null })] }))
    expect(await store(sql, batchOf(key, 1))).toBe('conflict')
    expect(await store(sql, batchOf(key, 3))).toEqual(STORED)
  })

  describe('runs', () => {
    const started = (key: SessionKey, id: string) => ({
      ...key,
      id,
      flowId: 'reminder',
      flowRevision: 'r1',
      source: 'mo',
      startedAt: NOW,
    })
    const ended = (key: SessionKey, id: string) => ({
      ...key,
      id,
      endedAt: NOW + 5,
      outcome: 'failed' as const,
      failure: { code: 'template', message: 'no such variable', node: 'ask-1' },
    })
    const outcome = { ended_at: new Date(NOW + 5), outcome: 'failed', failure: ended(newKey(), 'x').failure }

    test.each([
      { title: 'that end in the batch that began them', batches: 1 },
      { title: 'that end in a later batch', batches: 2 },
    ])('$title are over', async ({ batches }) => {
      const key = newKey()
      const id = uuidv7()
      const { sql } = database()
      const runStarts = [started(key, id)]
      const runEnds = [ended(key, id)]
      if (batches === 1) await store(sql, batchOf(key, 1, { runStarts, runEnds }))
      else {
        await store(sql, batchOf(key, 1, { runStarts }))
        await store(sql, batchOf(key, 2, { runEnds }))
      }
      expect(await sql.query('select ended_at, outcome, failure from run where id = $1', [id])).toEqual([outcome])
    })

    test('that are over stay as they ended', async () => {
      const key = newKey()
      const id = uuidv7()
      const { sql } = database()
      await store(sql, batchOf(key, 1, { runStarts: [started(key, id)], runEnds: [ended(key, id)] }))
      await store(sql, batchOf(key, 2, { runEnds: [{ ...ended(key, id), outcome: 'completed', failure: null }] }))
      expect(await sql.query('select ended_at, outcome, failure from run where id = $1', [id])).toEqual([outcome])
    })
  })

  describe('consent', () => {
    const change = (phone: string, topic: string, what: 'add' | 'remove') => ({
      phone,
      topic,
      change: what,
      channel: '4040',
      source: 'keyword',
      at: NOW,
    })

    test.each([
      { said: ['add'], suppressed: [''] },
      { said: ['add', 'remove'], suppressed: [] },
      { said: ['remove', 'add'], suppressed: [''] },
      { said: ['add', 'remove', 'add'], suppressed: [''] },
      { said: ['remove'], suppressed: [] },
    ] as const)('after $said within one batch the suppressed topics are $suppressed', async ({ said, suppressed }) => {
      const key = newKey()
      await store(database().sql, batchOf(key, 1, { suppressions: said.map((what) => change(key.phone, '', what)) }))
      expect((await load(key)).suppressed).toEqual(suppressed)
    })

    test('counts for the person on every channel, topic by topic', async () => {
      const key = newKey()
      const { sql } = database()
      await store(
        sql,
        batchOf(key, 1, { suppressions: [change(key.phone, '', 'add'), change(key.phone, 'offers', 'add')] }),
      )
      await store(sql, batchOf(key, 2, { suppressions: [change(key.phone, '', 'remove')] }))
      expect((await load({ ...key, channel: '5050' })).suppressed).toEqual(['offers'])
    })
  })

  test('what flows learn about a contact is merged field by field', async () => {
    const key = newKey()
    const { phone } = key
    const { sql } = database()
    const joined = '2026-01-01T12:00:00.000Z'
    const contacts = [
      { phone, name: 'Ann', fields: { size: 'M' }, at: NOW },
      { phone, timezone: 'Europe/Budapest', fields: { city: 'Győr' }, groups: { vip: joined }, at: NOW },
    ]
    const later = { phone, language: 'hu', fields: { size: 'L' }, groups: { trial: null }, at: NOW }
    await store(sql, batchOf(key, 1, { contacts }))
    await store(sql, batchOf(key, 2, { contacts: [later] }))
    expect((await load(key)).contact).toEqual({
      name: 'Ann',
      language: 'hu',
      timezone: 'Europe/Budapest',
      fields: { size: 'L', city: 'Győr' },
      groups: { vip: joined },
      lastHeardAt: null,
    })
  })

  test('starts wait until a batch takes them off', async () => {
    const key = newKey()
    const { sql } = database()
    const waiting = {
      ...key,
      id: uuidv7(),
      flowId: 'nps',
      params: {},
      source: 'api',
      node: null,
      text: null,
      message: null,
      requestedAt: NOW,
      expiresAt: NOW + 1,
    }
    await store(sql, batchOf(key, 1, { pendingStarts: [waiting] }))
    expect(await load(key)).toMatchObject({ hasPendingStart: true })
    await store(sql, batchOf(key, 2, { pendingStartsDone: [waiting] }))
    expect(await load(key)).toMatchObject({ hasPendingStart: false })
  })

  test('dead letters keep the event for another try', async () => {
    const key = newKey()
    const { sql } = database()
    const event: Json = { type: 'mo', text: 'YES' }
    const letter = { ...key, id: uuidv7(), messageId: 'mo:1', reason: 'no-flow', detail: null, event, at: NOW }
    await store(sql, batchOf(key, 1, { deadLetters: [letter] }))
    expect(await sql.query('select reason, event, resolved_at from dead_letter where id = $1', [letter.id])).toEqual([
      { reason: 'no-flow', event, resolved_at: null },
    ])
  })

  describe('requests and MTs that are no longer wanted', () => {
    test.each([
      { kind: 'http', from: 'queued', action: 'settle', to: 'done' },
      { kind: 'http', from: 'sending', action: 'settle', to: 'done' },
      { kind: 'http', from: 'cancelled', action: 'settle', to: 'cancelled' },
      { kind: 'sms', from: 'sending', action: 'settle', to: 'sending' },
      { kind: 'http', from: 'queued', action: 'cancel', to: 'cancelled' },
      { kind: 'http', from: 'sending', action: 'cancel', to: 'cancelled' },
      { kind: 'http', from: 'done', action: 'cancel', to: 'done' },
      { kind: 'sms', from: 'queued', action: 'cancel', to: 'cancelled' },
      { kind: 'sms', from: 'sending', action: 'cancel', to: 'sending' },
      { kind: 'sms', from: 'sent', action: 'cancel', to: 'sent' },
    ] as const)('$action of a $kind row that is $from leaves it $to', async ({ kind, from, action, to }) => {
      const key = newKey()
      const { sql } = database()
      const row = outboxWrite(key, 1, 0, { kind })
      await store(sql, batchOf(key, 1, { outbox: [row] }))
      await sql.query('update outbox set state = $2 where phone = $1', [key.phone, from])
      const rest: Partial<StoreBatch> =
        action === 'cancel' ? { cancels: [row] } : { settleHttp: [{ ...row, state: 'done', error: null }] }
      await store(sql, batchOf(key, 2, rest))
      expect(await sql.query('select state from outbox where phone = $1', [key.phone])).toEqual([{ state: to }])
    })
  })

  describe('receipts', () => {
    const afterReceipts = async (
      segments: number,
      batches: readonly (readonly { segment: number; state: DlrState }[])[],
      from = 'sent',
    ) => {
      const key = newKey()
      const { sql } = database()
      await store(sql, batchOf(key, 1, { outbox: [outboxWrite(key, 1, 0, { segments })] }))
      await sql.query('update outbox set state = $2 where phone = $1', [key.phone, from])
      for (const [index, receipts] of batches.entries()) {
        const at = NOW + index
        const list = receipts.map((receipt) => ({ ...key, rev: 1, n: 0, error: null, at, ...receipt }))
        expect(await store(sql, batchOf(key, index + 2, { receipts: list }))).toEqual(STORED)
      }
      const rows = await sql.query<{ state: string; receipts: Record<string, { state: string }> }>(
        'select state, receipts from outbox where phone = $1',
        [key.phone],
      )
      return rows[0]!
    }

    test.each([
      { segments: 1, receipts: ['delivered'], state: 'delivered' },
      { segments: 1, receipts: ['accepted'], state: 'sent' },
      { segments: 1, receipts: ['undeliverable'], state: 'failed' },
      { segments: 1, receipts: ['rejected'], state: 'failed' },
      { segments: 1, receipts: ['expired'], state: 'expired' },
      { segments: 1, receipts: ['unknown'], state: 'unknown' },
      { segments: 2, receipts: ['delivered'], state: 'sent' },
      { segments: 2, receipts: ['delivered', 'delivered'], state: 'delivered' },
      { segments: 2, receipts: ['delivered', 'expired'], state: 'expired' },
      { segments: 3, receipts: ['delivered', 'undeliverable', 'expired'], state: 'failed' },
    ] as const)(
      '$receipts of $segments segments make an MT $state',
      async ({ segments, receipts, state: expected }) => {
        const batch = receipts.map((dlr, segment) => ({ segment, state: dlr }))
        expect((await afterReceipts(segments, [batch])).state).toBe(expected)
      },
    )

    test('a segment keeps its first final receipt', async () => {
      const outcome = await afterReceipts(1, [
        [{ segment: 0, state: 'enroute' }],
        [{ segment: 0, state: 'delivered' }],
        [{ segment: 0, state: 'enroute' }],
        [{ segment: 0, state: 'expired' }],
      ])
      expect(outcome).toMatchObject({ state: 'delivered', receipts: { 0: { state: 'delivered' } } })
    })

    test('an MT that is about to be sent again is not settled by a receipt of the first try', async () => {
      expect((await afterReceipts(1, [[{ segment: 0, state: 'delivered' }]], 'queued')).state).toBe('queued')
    })

    test('the order in which the segments report does not matter', async () => {
      const final = fc.constantFrom<DlrState>('delivered', 'undeliverable', 'expired', 'enroute')
      await fc.assert(
        fc.asyncProperty(
          fc.array(final, { minLength: 1, maxLength: 4 }),
          fc.infiniteStream(fc.nat(1000)),
          async (states, keys) => {
            const reports = states.map((dlr, segment) => ({ segment, state: dlr }))
            const order = reports.map((report) => ({ report, key: keys.next().value })).sort((a, b) => a.key - b.key)
            const together = await afterReceipts(states.length, [reports])
            const apart = await afterReceipts(
              states.length,
              order.map(({ report }) => [report]),
            )
            expect(apart.state).toBe(together.state)
          },
        ),
        { numRuns: 10 },
      )
    })
  })

  test('two writers on shared phones lose no update and store no message twice', async () => {
    const { sql } = database()
    const keys = Array.from({ length: 12 }, () => newKey())
    const rounds = 15
    const writer = async (name: string): Promise<number> => {
      let conflicts = 0
      for (let round = 0; round < rounds; round += 1) {
        // Overlapping batches of six, in an order of each writer's own.
        const batch = keys.filter((_, index) => (index + round + (name === 'a' ? 0 : 3)) % 2 === 0)
        const todo = name === 'a' ? batch : batch.toReversed()
        while (true) {
          const rows = await loadSessions(sql, todo)
          const sessions = rows.map((row) => sessionWrite(row, row.rev + 1))
          const inbox = rows.map((row) => inboxWrite(row, `${name}:${round}:${row.phone}`))
          const outbox = rows.map((row) => outboxWrite(row, row.rev + 1, 0))
          if ((await store(sql, { sessions, inbox, outbox })) !== 'conflict') break
          conflicts += 1
        }
      }
      return conflicts
    }
    await Promise.all([writer('a'), writer('b')])
    const rows = await loadSessions(sql, keys)
    for (const key of rows) {
      expect(await count('inbox', key)).toBe(key.rev)
      expect(await count('outbox', key)).toBe(key.rev)
    }
    expect(rows.reduce((sum, { rev }) => sum + rev, 0)).toBe(2 * rounds * (keys.length / 2))
  })
})

function nested(depth: number): Json {
  let value: Json = []
  for (let i = 0; i < depth; i += 1) value = [value]
  return value
}
