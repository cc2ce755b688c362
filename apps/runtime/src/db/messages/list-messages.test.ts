import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../../testing/on-each-engine.ts'
import { batchOf, inboxWrite, NOW, newKey, outboxWrite } from '../../testing/rows.ts'
import { store } from '../hot/store.ts'
import type { Sql } from '../sql.ts'
import { findMessage, listMessages, type MessageFilter, type MessageRow } from './list-messages.ts'

/** A UUIDv7 of that moment, in the order in which they are asked for. */
let ids = 0
const idAt = (at: number): string => {
  ids += 1
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(ids).padStart(12, '0')}`
}

onEachEngine(({ database, emptyDatabase }) => {
  /** The same for all tests that only read it. */
  let known: ReturnType<typeof conversation> | undefined
  const once = () => {
    known ??= conversation(database().sql)
    return known
  }
  const conversation = async (sql: Sql) => {
    const [ann, bob] = [newKey(), newKey()]
    const ids = [0, 1, 2, 3, 4].map((minute) => idAt(NOW + minute * 60_000))
    const [hello, answer, failed, late, sent] = ids as [string, string, string, string, string]
    await store(
      sql,
      batchOf(ann, 1, {
        inbox: [inboxWrite(ann, 'mo:1', { id: hello }), inboxWrite(ann, 'dlr:1', { kind: 'dlr', id: idAt(NOW) })],
        outbox: [
          outboxWrite(ann, 1, 0, { id: answer, expiresAt: NOW + 9 }),
          outboxWrite(ann, 1, 1, { id: idAt(NOW), kind: 'http', link: null }),
        ],
      }),
    )
    await store(
      sql,
      batchOf(bob, 1, {
        inbox: [inboxWrite(bob, 'mo:2', { id: late, at: NOW + 180_000 })],
        outbox: [outboxWrite(bob, 1, 0, { id: failed }), outboxWrite(bob, 1, 1, { id: sent, segments: 2 })],
      }),
    )
    await sql.query(
      `update outbox set state = 'failed', error = '{"code": "smpp/invalid-destination"}' where id = $1`,
      [failed],
    )
    await sql.query(`update outbox set state = 'sent', possible_duplicate = true, sent_at = $2 where id = $1`, [
      sent,
      new Date(NOW),
    ])
    return { ann, bob, hello, answer, failed, late, sent }
  }

  test('MOs and MTs are listed together, the newest first, and nothing else', async () => {
    const { sql } = database()
    const { hello, answer, failed, late, sent, ann, bob } = await once()
    const { items, nextCursor } = await listMessages(sql, { limit: 10 })
    expect(items.map(({ id }) => id)).toEqual([sent, late, failed, answer, hello])
    expect(nextCursor).toBeNull()
    expect(items[4]).toEqual({
      direction: 'mo',
      id: hello,
      ...ann,
      link: 'smsc-a',
      at: NOW,
      body: { text: 'YES', to: '4040' },
      outcome: 'transition',
      runId: null,
    })
    expect(items[0]).toEqual({
      direction: 'mt',
      id: sent,
      ...bob,
      link: 'smsc-a',
      at: NOW,
      body: { text: '1/1', from: '4040' },
      status: 'sent',
      source: 'flow',
      runId: null,
      segments: 2,
      attempt: 0,
      dueAt: NOW,
      sentAt: NOW,
      expiresAt: null,
      possibleDuplicate: true,
      error: null,
      receipts: {},
    })
  })

  describe('filters', () => {
    type Named = Awaited<ReturnType<typeof conversation>>
    test.each<{ title: string; filter: (named: Named) => Partial<MessageFilter>; expected: (keyof Named)[] }>([
      { title: 'a phone', filter: ({ ann }) => ({ phone: ann.phone }), expected: ['answer', 'hello'] },
      { title: 'what came in', filter: () => ({ direction: 'mo' }), expected: ['late', 'hello'] },
      { title: 'what left', filter: () => ({ direction: 'mt' }), expected: ['sent', 'failed', 'answer'] },
      { title: 'what failed', filter: () => ({ status: 'failed' }), expected: ['failed'] },
      {
        title: 'what is queued for a phone',
        filter: ({ bob }) => ({ status: 'queued', phone: bob.phone }),
        expected: [],
      },
      { title: 'MOs that failed, which is none', filter: () => ({ status: 'failed', direction: 'mo' }), expected: [] },
      { title: 'since a moment', filter: () => ({ since: NOW + 180_000 }), expected: ['sent', 'late'] },
    ])('$title', async ({ filter, expected }) => {
      const { sql } = database()
      const named = await once()
      const { items } = await listMessages(sql, { limit: 10, ...filter(named) })
      expect(items.map(({ id }) => id)).toEqual(expected.map((name) => named[name]))
    })
  })

  test('one message is found by its id, in either direction', async () => {
    const { sql } = database()
    const { hello, answer } = await once()
    expect(await findMessage(sql, hello)).toMatchObject({ direction: 'mo', id: hello })
    expect(await findMessage(sql, answer)).toMatchObject({ direction: 'mt', id: answer, expiresAt: NOW + 9 })
    expect(await findMessage(sql, idAt(NOW))).toBeUndefined()
  })

  test('pages go on where the last one ended, whatever arrives in between', async () => {
    const { sql } = await emptyDatabase()
    const { hello, answer, failed, late, sent } = await conversation(sql)
    const seen: MessageRow[] = []
    let cursor: string | null = null
    do {
      const page = await listMessages(sql, { limit: 2, ...(cursor === null ? {} : { cursor }) })
      seen.push(...page.items)
      cursor = page.nextCursor
      const key = newKey()
      await store(sql, batchOf(key, 1, { inbox: [inboxWrite(key, `mo:${key.phone}`, { id: idAt(NOW + 600_000) })] }))
    } while (cursor !== null)
    expect(seen.map(({ id }) => id)).toEqual([sent, late, failed, answer, hello])
  })
})
