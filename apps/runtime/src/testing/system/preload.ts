import { bucketOf } from '../../db/bucket.ts'
import type { Sql } from '../../db/sql.ts'

/** A database as it is after many conversations, made without having them. */
export interface Preload {
  /** Somebody who wrote once to the flow and waits for nothing: everybody becomes like them. */
  readonly like: { readonly channel: string; readonly phone: string }
  /** How many more phones have a session that waits. */
  readonly phones: number
  /** How many texts each has exchanged before: in, out, delivered, with all that was recorded of it. Default 0. */
  readonly turnsOfEach?: number
}

const AT_ONCE = 10_000

/** The number of the n-th phone of a preload, from 0. */
export function preloadedPhone(index: number): string {
  return `+3630${1_000_000 + index}`
}

/** Writes the rows of `preload` in batches, and lets PostgreSQL look at what it has now. Returns how many of history. */
export async function preload(sql: Sql, { like, phones, turnsOfEach = 0 }: Preload): Promise<number> {
  const { channel } = like
  const counts = { history: 0 }
  const batch: Key[] = []
  const write = async () => {
    const keys = JSON.stringify(batch.splice(0))
    for (const { text, isHistory } of turnsOfEach > 0 ? [...ofSession, ...ofTurn] : ofSession) {
      const [row] = await sql.query<{ count: number }>(text, [
        keys,
        like.channel,
        like.phone,
        bucketOf(channel, like.phone),
      ])
      if (isHistory) counts.history += row?.count ?? 0
    }
  }
  for (let index = 0; index < phones; index++) {
    const phone = preloadedPhone(index)
    const bucket = bucketOf(channel, phone)
    for (let rev = 1; rev <= Math.max(1, turnsOfEach); rev++) {
      batch.push({ b: bucket, p: phone, r: rev, l: rev >= turnsOfEach, n: index * Math.max(1, turnsOfEach) + rev })
    }
    if (batch.length >= AT_ONCE) await write()
  }
  if (batch.length > 0) await write()
  await sql.script('vacuum analyze')
  return counts.history
}

/** One turn of a phone: `l` is true for its last, `n` counts all turns. */
interface Key {
  readonly b: number
  readonly p: string
  readonly r: number
  readonly l: boolean
  readonly n: number
}

const keys = `json_to_recordset($1::text::json) as k(b smallint, p text, r bigint, l boolean, n bigint)`
// As a UUIDv7 is, which lists are in the order of: time first, so that a new one is at the end of its index.
const id = (kind: string) =>
  `('0190${kind}' || lpad(to_hex(k.n), 7, '0') || '70008' || lpad(to_hex(k.n), 15, '0'))::uuid`

const ofLike = 't.bucket = $4::smallint and t.channel = $2::text and t.phone = $3::text'

/** Rows of `table` like those of the one, with other values in some columns; columns that are not named stay. */
function copies(table: string, own: string, { where = ofLike, of = 'true', isHistory = false } = {}) {
  const text = `with written as (
    insert into ${table} select r.* from ${keys} cross join ${table} t
    cross join lateral jsonb_populate_record(t, jsonb_build_object(${own})) r
    where ${where} and ${of} returning 1)
  select count(*) from written where ($2::text, $3::text, $4::smallint) is not null`
  return { text, isHistory }
}

const key = `'bucket', k.b, 'phone', k.p`
const last = { of: 'k.l' }

const ofSession = [
  copies('session', `${key}, 'rev', k.r, 'run_id', ${id('0')}`, last),
  copies('run', `${key}, 'id', ${id('0')}`, last),
  copies('contact', `'phone', k.p`, { ...last, where: 't.phone = $3::text' }),
]

const ofTurn = [
  copies('inbox', `${key}, 'id', ${id('1')}, 'message_id', 'preloaded:' || k.n`, {
    where: `${ofLike} and t.kind = 'mo'`,
    isHistory: true,
  }),
  copies('outbox', `${key}, 'rev', k.r, 'id', ${id('2')}, 'state', 'delivered', 'provider_id', 'preloaded:' || k.n`, {
    where: `${ofLike} and t.kind = 'sms'`,
    isHistory: true,
  }),
  copies('receipt', `${key}, 'rev', k.r, 'provider_id', 'preloaded:' || k.n`, {
    where: `(t.link, t.provider_id) = (
      select o.link, o.provider_id from outbox o where o.phone = $3::text and o.kind = 'sms' limit 1)`,
    isHistory: true,
  }),
  copies('event', `${key}, 'rev', k.r`, { isHistory: true }),
]
