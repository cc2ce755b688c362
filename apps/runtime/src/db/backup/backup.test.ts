import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { onEachEngine } from '../../testing/on-each-engine.ts'
import { newKey, outboxWrite, sessionWrite } from '../../testing/rows.ts'
import { store } from '../hot/store.ts'
import type { SessionKey } from '../hot/types.ts'
import { migrate, releasedMigrations } from '../migrate.ts'
import type { Sql } from '../sql.ts'
import { columnsOf, quoted } from './columns.ts'
import { restoreBackup } from './restore-backup.ts'
import { keptSequences, keptTables, leftOutTables } from './tables.ts'
import type { QueuedPolicy } from './uncertain-mts.ts'
import { writeBackup } from './write-backup.ts'

const migrations = await releasedMigrations()

async function backupOf(sql: Sql): Promise<string[]> {
  let text = ''
  await writeBackup(sql, { release: '0.1.0', migrations }, async (lines) => {
    for await (const line of lines) text += line
  })
  return text.trimEnd().split('\n')
}

const packed = (lines: readonly string[]) => gzipSync(lines.map((line) => `${line}\n`).join(''))

async function* inPieces(octets: Uint8Array, size = 1_000) {
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size)
}

const restore = (sql: Sql, octets: Uint8Array, queued: QueuedPolicy = 'hold') =>
  restoreBackup(sql, inPieces(octets), { queued, migrations })

const referredTo: readonly string[] = ['flow_revision', 'flow', 'app_user']

/** Deletes rather than TRUNCATE, which writes every file of every table anew. What is referred to goes last. */
const emptying = [...keptTables, 'browser_session', 'lease', 'rate_limit', 'set_up_token']
  .sort((a, b) => referredTo.indexOf(a) - referredTo.indexOf(b))
  .map((table) => `delete from ${table};`)
  .join(' ')

/** A value of each type that the schema has, as awkward as they come. */
const samples: { readonly [type: string]: string } = {
  text: 'x',
  uuid: '0192f0c1-0000-7000-8000-00000000000a',
  smallint: '7',
  integer: '123',
  bigint: '9007199254740990',
  boolean: 'true',
  json: '{"b" : "line\\nbreak \\u00e1",\n "a":1.10}',
  jsonb: '{"a": ["👍🏽", "\\\\", "\\""]}',
  'timestamp with time zone': '2026-03-04 05:06:07.089123+00',
}

/** Values that the schema's own checks leave no choice about. */
const fixed: { readonly [column: string]: string } = {
  'app_user.role': 'viewer',
  'campaign.state': 'paused',
  'campaign_recipient.state': 'sent',
  'consent.state': 'in',
  'consent_entry.state': 'out',
  'consent_review.state': 'open',
  'contact_import.state': 'done',
  'contact_field.type': 'choice',
  'contact_group.kind': 'query',
  'channel.source': 'api',
  'flow.source': 'api',
  'link.source': 'config',
  'outbox.state': 'sent',
  'queue.source': 'api',
  'ticket.state': 'open',
  'contact.name': 'Ő "quoted" \\ back\nslash\ttab 👍🏽',
}

/** A row in each table, with all its columns, and one with as few as there may be in `contact`. */
async function fill(sql: Sql): Promise<void> {
  // In the order in which they refer to each other.
  const first = ['app_user', 'flow', 'flow_revision', 'queue'] as const
  for (const table of [...first, ...keptTables.filter((name) => !first.some((one) => one === name))]) {
    const columns = await columnsOf(sql, table)
    const values = columns.map(({ name, type }) => fixed[`${table}.${name}`] ?? samples[type] ?? `no sample of ${type}`)
    await sql.query(
      `insert into ${table} (${columns.map(({ name }) => quoted(name)).join(', ')})
       values (${columns.map(({ type }, index) => `$${index + 1}::text::${type}`).join(', ')})`,
      values,
    )
  }
  await sql.query(`insert into contact (phone, created_at, updated_at) values ('+1', now(), now())`)
  // A queue behind which its parent stands.
  await sql.query(`insert into queue select 'parent', name, null, config, source, created_at, updated_at from queue`)
  await sql.query(
    `insert into queue select 'child', name, 'parent', config, source, created_at, updated_at from queue limit 1`,
  )
  await sql.query(`update queue set name = 'moved' where id = 'parent'`)
}

/** The rows of a backup by table, in an order of their own. */
function rowsIn(lines: readonly string[]): { [table: string]: string[] } {
  const rows: { [table: string]: string[] } = {}
  let table = ''
  for (const line of lines.slice(1, -1)) {
    if (line.startsWith('[')) rows[table]?.push(line)
    else {
      table = JSON.parse(line).table
      rows[table] = []
    }
  }
  return Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, list.sort()]))
}

onEachEngine(({ database, emptyDatabase, anotherDatabase, engine }) => {
  /** Where things are restored to: made once, emptied after each use. */
  let target: Sql | undefined
  const emptyTarget = async () => {
    target ??= (await anotherDatabase()).sql
    await target.script(emptying)
    return target
  }
  const isEmpty = async (sql: Sql) => {
    const counts = await Promise.all(keptTables.map((table) => sql.query(`select 1 from ${table} limit 1`)))
    return counts.every((rows) => rows.length === 0)
  }

  test('every table and sequence is either kept, or left out for a reason', async () => {
    const names = async (kinds: string) => {
      const rows = await database().sql.query<{ name: string }>(
        `select relname::text as name from pg_class where relkind in (${kinds}) and not relispartition
         and relnamespace = current_schema()::regnamespace`,
      )
      return rows.map(({ name }) => name).sort()
    }
    expect(await names(`'r', 'p'`)).toEqual([...keptTables, ...Object.keys(leftOutTables)].sort())
    expect(await names(`'S'`)).toEqual([...keptSequences])
  })

  test('a restored database holds what the other held, to the last character', async () => {
    const { sql } = await emptyDatabase()
    await fill(sql)
    const lines = await backupOf(sql)
    const restored = await emptyTarget()
    const { rows, uncertain } = await restore(restored, packed(lines))
    expect(Object.keys(rows)).toEqual([...keptTables])
    expect(Object.entries(rows).filter(([, count]) => count === 0)).toEqual([])
    expect(uncertain).toEqual({ held: 0, queued: 0, dropped: 0 })
    expect(rowsIn(await backupOf(restored))).toEqual(rowsIn(lines))
    // Restored by what refers to what, and as strict as before.
    await expect(restored.query(`update queue set parent_id = 'nobody'`)).rejects.toMatchObject({ code: '23503' })
  })

  test('more rows than are read at once come back, also while others are written', async () => {
    const { sql } = await emptyDatabase()
    await sql.query(
      `insert into contact (phone, created_at, updated_at) select '+' || n, now(), now() from generate_series(1, 5000) n`,
    )
    let text = ''
    await writeBackup(sql, { release: '0.1.0', migrations }, async (lines) => {
      for await (const line of lines) {
        // PGlite has one connection: nothing can be written meanwhile.
        if (text === '' && engine !== 'pglite') await sql.query('delete from contact')
        text += line
      }
    })
    const restored = await emptyTarget()
    await restore(restored, gzipSync(text))
    expect(await restored.query('select count(*) as n, count(distinct phone) as m from contact')).toEqual([
      { n: 5000, m: 5000 },
    ])
  })

  describe('texts of which nobody knows whether they left', () => {
    const storedMts = async (sql: Sql): Promise<SessionKey> => {
      const key = newKey()
      const outbox = ['queued', 'sending', 'sent'].map((text, n) => outboxWrite(key, 1, n, { payload: { text } }))
      await store(sql, { sessions: [sessionWrite(key, 1)], outbox })
      await sql.query(`update outbox set state = payload ->> 'text', epoch = 41`)
      return key
    }
    const code = 'runtime/restored'

    test.each([
      { queued: 'hold', state: 'unknown', marked: true, events: ['unknown', 'unknown'], error: code },
      { queued: 'send', state: 'queued', marked: true, events: ['unknown'], error: null },
      { queued: 'drop', state: 'cancelled', marked: false, events: ['failed', 'unknown'], error: code },
    ] as const)('$queued', async ({ queued, state, marked, events, error }) => {
      const { sql } = await emptyDatabase()
      await storedMts(sql)
      const backup = packed(await backupOf(sql))
      const restored = await emptyTarget()
      await restore(restored, backup, queued)
      expect(
        await restored.query(
          `select state, possible_duplicate as marked, error ->> 'code' as error from outbox order by n`,
        ),
      ).toEqual([
        { state, marked, error },
        { state: 'unknown', marked: true, error: code },
        { state: 'sent', marked: false, error: null },
      ])
      const told = await restored.query<{ state: string }>(
        `select data ->> 'state' as state from event where kind = 'mt.failed' and data ->> 'code' = $1 order by 1`,
        [code],
      )
      expect(told.map((row) => row.state)).toEqual(events)
      // No owner of the restored database counts on from an epoch that stands there already.
      const [next] = await restored.query<{ epoch: number }>(`select nextval('lease_epoch') as epoch`)
      expect(next?.epoch).toBeGreaterThan(41)
    })
  })

  test('a backup of an older release is restored at its schema, and brought to this one', async ({ skip }) => {
    const older = migrations.slice(0, -1)
    const sql = await emptyTarget()
    if (sql.isDistributed) skip('Citus does not outlive it when the schema with its tables is dropped')
    const bare = () => sql.script('drop schema public cascade; create schema public')
    await bare()
    await migrate(sql, older)
    await sql.query(`insert into contact (phone, created_at, updated_at) values ('+1', now(), now())`)
    const backup = packed(await backupOf(sql))
    await expect(restore((await emptyDatabase()).sql, backup)).rejects.toMatchObject({
      fault: 'database',
      message: expect.stringContaining('Restore it into a database without tables'),
    })
    await bare()
    await expect(backupOf(sql)).rejects.toMatchObject({ fault: 'database' })
    await restore(sql, backup)
    expect(await migrate(sql, migrations)).toEqual([])
    expect(await sql.query('select phone from contact')).toEqual([{ phone: '+1' }])
  })

  test('tells no webhook again what it tells of', async () => {
    const { sql } = await emptyDatabase()
    const tellOf = (phone: string) =>
      sql.query(
        `insert into event (bucket, channel, phone, at, rev, n, kind, data)
         values (1, '4040', $1, now(), 1, 0, 'mo.received', '{}')`,
        [phone],
      )
    await sql.query(
      `insert into webhook (id, url, label, events, secret, created_at, updated_at)
       values ('01a202cb-ba14-7eab-8383-b75a5e01ebde', 'https://x', '', '["message.received"]', '', now(), now())`,
    )
    await tellOf('+1')
    const target = await emptyTarget()
    await restore(target, packed(await backupOf(sql)))
    const told = () =>
      target.query<{ phone: string; sequence: number }>('select phone, -rev as sequence from outbox order by 2')
    expect(await told()).toHaveLength(1)
    await target.query('insert into event select bucket, channel, phone, at, 2, 0, kind, data from event')
    const [first, second] = await told()
    expect(Number(second?.sequence)).toBeGreaterThan(Number(first?.sequence))
  })

  describe('a backup that is not whole changes nothing', () => {
    let lines: string[] | undefined
    const whole = async () => {
      if (lines !== undefined) return lines
      const { sql } = await emptyDatabase()
      await fill(sql)
      lines = await backupOf(sql)
      return lines
    }
    const header = (changes: object) => (from: string[]) =>
      packed([JSON.stringify({ ...JSON.parse(from[0] ?? ''), ...changes }), ...from.slice(1)])
    const replaced = (search: string | RegExp, by: string) => (from: string[]) =>
      gzipSync(gunzipSync(packed(from)).toString().replace(search, by))

    test.each([
      { what: 'a changed value', make: replaced('"viewer"', '"editor"'), says: /SHA-256/ },
      { what: 'a value that does not fit', make: replaced('"viewer"', '"god"'), says: /"app_user".*lines 3 to 3/ },
      { what: 'no end', make: (from: string[]) => packed(from.slice(0, -1)), says: /cut off after line \d+/ },
      { what: 'an unknown table', make: replaced('{"table":"contact"', '{"table":"lease"'), says: /no backup holds/ },
      { what: 'an unknown column', make: replaced('"timezone"', '"zone"'), says: /"contact" has other columns/ },
      { what: 'a newer schema', make: header({ migrations: ['0000_first', '9999_x'] }), says: /newer release.*9999_x/ },
    ])('$what', async ({ make, says }) => {
      const from = await whole()
      const to = await emptyTarget()
      const message = expect.stringMatching(says)
      await expect(restore(to, make(from))).rejects.toMatchObject({ fault: 'file', message })
      expect(await isEmpty(to)).toBe(true)
    })

    test('and one that is, changes nothing where anything is already', async () => {
      const from = packed(await whole())
      const to = await emptyTarget()
      await to.query(`insert into rate_limit (key) values ('x')`)
      await expect(restore(to, from)).rejects.toMatchObject({
        fault: 'database',
        message: expect.stringMatching(/not empty: table "rate_limit".*TEXTLOOM_DATA_DIR/),
      })
      expect(await isEmpty(to)).toBe(true)
    })
  })
})
