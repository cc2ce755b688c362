import { readFile } from 'node:fs/promises'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { eq } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../testing/on-each-engine.ts'
import { batchOf, eventWrite, NOW, newKey } from '../testing/rows.ts'
import type { TestDatabase } from '../testing/test-engines.ts'
import { distribute, distributedTables, keptTogether } from './distribute.ts'
import { drizzleOver, inTransaction } from './drizzle.ts'
import { dropEventPartitions, prepareEventPartitions } from './event-partitions.ts'
import { store } from './hot/store.ts'
import { keepHouse } from './housekeeping.ts'
import { MigrationError, migrate, releasedMigrations } from './migrate.ts'
import * as schema from './schema/index.ts'
import { apiKey, contact, idempotencyKey } from './schema/index.ts'

const DAY_MS = 86_400_000

/** Tables whose rows belong to one (channel, phone). */
const ofConversations = Object.values(schema)
  .filter((table) => table instanceof PgTable)
  .map((table) => getTableConfig(table))
  .filter(({ columns }) => columns.some(({ name, notNull }) => name === 'bucket' && notNull))
  .map(({ name }) => name)

test('each table with a bucket is spread over the nodes of Citus, or says why not', () => {
  expect([...distributedTables, ...Object.keys(keptTogether)].toSorted()).toEqual(ofConversations.toSorted())
})

onEachEngine(({ anotherDatabase, database }) => {
  test('is distributed once where there is Citus, by the bucket, and refused elsewhere', async () => {
    const { sql } = database()
    if (!sql.isDistributed) return expect(distribute(sql)).rejects.toThrow(/has no Citus: run CREATE EXTENSION citus/)
    expect(await distribute(sql)).toEqual([])
    const spread = await sql.query<{ name: string; together: number; by: string }>(
      `select table_name::text as name, colocation_id as together, distribution_column as by from citus_tables
       where citus_table_type = 'distributed'`,
    )
    expect(spread.map(({ name }) => name).toSorted()).toEqual([...distributedTables].toSorted())
    expect(new Set(spread.map(({ together, by }) => `${together} ${by}`)).size).toBe(1)
  })

  describe('migrations', () => {
    const first = { name: '0000_first', text: 'create table a (id int);' }
    const second = { name: '0001_second', text: 'create table b (id int); insert into b values (1), (2);' }
    let another: TestDatabase | undefined
    /** A database without tables, as a first start finds it. */
    const bareDatabase = async () => {
      another ??= await anotherDatabase()
      await another.sql.script('drop table if exists a, b, c, schema_migration')
      return another.sql
    }

    test('of this release are applied already when a database is opened a second time', async () => {
      expect(await migrate(database().sql, await releasedMigrations())).toEqual([])
    })

    test('are applied in order, each once', async () => {
      const sql = await bareDatabase()
      expect(await migrate(sql, [first])).toEqual(['0000_first'])
      expect(await migrate(sql, [first, second])).toEqual(['0001_second'])
      expect(await migrate(sql, [first, second])).toEqual([])
      expect(await sql.query('select count(*) as n from b')).toEqual([{ n: 2 }])
    })

    test('that fail leave nothing of themselves, and are tried again', async () => {
      const sql = await bareDatabase()
      const broken = { ...second, text: `${second.text} select 1 / 0;` }
      await expect(migrate(sql, [first, broken])).rejects.toMatchObject({ code: '22012' })
      expect(await migrate(sql, [first, second])).toEqual(['0001_second'])
    })

    test('run once when several processes start together', async () => {
      const sql = await bareDatabase()
      const applied = await Promise.all([1, 2, 3].map(() => migrate(sql, [first, second])))
      expect(applied.flat().sort()).toEqual(['0000_first', '0001_second'])
    })

    test('of a newer release are refused by name', async () => {
      const sql = await bareDatabase()
      await migrate(sql, [first, second])
      const older = migrate(sql, [first])
      await expect(older).rejects.toThrow(MigrationError)
      await expect(older).rejects.toThrow(/newer release.*"0001_second"/)
    })

    test('that read otherwise than when they were applied are refused', async () => {
      const sql = await bareDatabase()
      await migrate(sql, [first])
      await expect(migrate(sql, [{ ...first, text: 'create table c (id int)' }])).rejects.toThrow(/another text/)
    })
  })

  describe('events', () => {
    const daysOf = async (phone: string) =>
      (
        await database().sql.query<{ day: string }>(
          'select tableoid::regclass::text as day from event where phone = $1',
          [phone],
        )
      ).map(({ day }) => day)

    test('lie in the partition of their day, made a week ahead; others wait in the default one', async () => {
      const { sql } = database()
      const key = newKey()
      const made = await prepareEventPartitions(sql, NOW)
      expect(made).toEqual(
        Array.from({ length: 9 }, (_, index) => `event_2026_03_${String(index + 3).padStart(2, '0')}`),
      )
      expect(await prepareEventPartitions(sql, NOW)).toEqual([])
      const times = [NOW, Date.parse('2026-03-05T00:00:00.000Z'), NOW + 30 * DAY_MS]
      await store(sql, batchOf(key, 1, { events: times.map((at, n) => eventWrite(key, 1, n, { at })) }))
      expect(await daysOf(key.phone)).toEqual(
        expect.arrayContaining(['event_2026_03_04', 'event_2026_03_05', 'event_default']),
      )
      await prepareEventPartitions(sql, NOW + 30 * DAY_MS)
      expect(await daysOf(key.phone)).toEqual(expect.arrayContaining(['event_2026_04_03']))
      expect(await daysOf(key.phone)).not.toContain('event_default')
    })

    test('of days long gone are dropped as a whole', async () => {
      const { sql } = database()
      await dropEventPartitions(sql, NOW + 365 * DAY_MS)
      await prepareEventPartitions(sql, NOW)
      expect(await dropEventPartitions(sql, Date.parse('2026-03-05T12:00:00Z'))).toEqual([
        'event_2026_03_03',
        'event_2026_03_04',
      ])
      expect(await dropEventPartitions(sql, Date.parse('2026-03-05T12:00:00Z'))).toEqual([])
    })
  })

  test('housekeeping forgets answers that are replayed no longer, and keeps the others', async () => {
    const { sql } = database()
    const db = drizzleOver(sql)
    const answer = { principal: 'key-1', requestHash: 'h', status: 202, body: { id: '1' } }
    await db.insert(idempotencyKey).values([
      { ...answer, key: 'old', createdAt: new Date(NOW - DAY_MS - 1) },
      { ...answer, key: 'new', createdAt: new Date(NOW - DAY_MS + 1) },
    ])
    await keepHouse(sql, NOW)
    const kept = await db.select().from(idempotencyKey).where(eq(idempotencyKey.principal, 'key-1'))
    expect(kept).toEqual([{ ...answer, key: 'new', createdAt: new Date(NOW - DAY_MS + 1) }])
  })

  describe('drizzle over the port', () => {
    const id = '0192f0c1-0000-7000-8000-00000000000a'
    const row = {
      id,
      label: 'provisioning',
      prefix: 'tl_ab',
      hash: 'c0ffee',
      scopes: ['messages:write', 'flows'],
      createdAt: new Date(NOW),
      lastUsedAt: null,
      revokedAt: null,
    }

    test('writes and reads times, JSON and null as they are', async () => {
      const db = drizzleOver(database().sql)
      expect(await db.insert(apiKey).values(row).returning()).toMatchObject([row])
      await db
        .update(apiKey)
        .set({ lastUsedAt: new Date(NOW + 1) })
        .where(eq(apiKey.id, id))
      expect(await db.select().from(apiKey).where(eq(apiKey.id, id))).toMatchObject([
        { ...row, lastUsedAt: new Date(NOW + 1) },
      ])
    })

    test('commits a transaction as a whole, or not at all', async () => {
      const { sql } = database()
      const people = (phone: string) => ({ phone, createdAt: new Date(NOW), updatedAt: new Date(NOW) })
      const failing = inTransaction(sql, async (tx) => {
        await tx.insert(contact).values(people('+1'))
        await tx.insert(contact).values(people('+1'))
      })
      await expect(failing).rejects.toThrow()
      const kept = await inTransaction(sql, async (tx) => {
        await tx.insert(contact).values(people('+2'))
        return tx.select({ phone: contact.phone }).from(contact)
      })
      expect(kept).toEqual([{ phone: '+2' }])
    })
  })
})

test('the migrations say what the schema says', async () => {
  const { entries }: { entries: { idx: number }[] } = await readJson('_journal.json')
  const last = await readJson(`${String(entries.length - 1).padStart(4, '0')}_snapshot.json`)
  // What `drizzle-kit generate` would write next.
  expect(await generateMigration(last, generateDrizzleJson({ ...schema }, last.id))).toEqual([])
})

async function readJson(name: string) {
  return JSON.parse(await readFile(new URL(`./migrations/meta/${name}`, import.meta.url), 'utf8'))
}
