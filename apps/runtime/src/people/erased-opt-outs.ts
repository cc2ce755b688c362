import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'
import type { PeopleMeans } from './actor.ts'

/**
 * Finds out which of these phones, of whom nothing is known, were erased after an opt-out, and opts them out again.
 * Whoever makes contacts calls it first. Returns what each refuses; '' is everything.
 */
export async function recallOptOuts(
  tx: Sql,
  phones: readonly string[],
  { now, newId, hashOf }: PeopleMeans,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const recalled = new Map<string, string[]>()
  if (phones.length === 0) return recalled
  const [some] = await tx.query('select 1 from erased_opt_out limit 1')
  if (some === undefined) return recalled
  const rows = await tx.query<{ phone: string; topic: string }>(
    `with back as (
       delete from erased_opt_out e using json_to_recordset($1::text::json) as x(phone text, hash text)
       where e.hash = x.hash returning x.phone, e.topic
     ), suppressed as (
       insert into suppression (phone, topic, source, at)
       select phone, topic, 'erased', $2::timestamptz from back on conflict do nothing
     ), said as (
       insert into consent (topic, phone, state, source, at)
       select topic, phone, 'out', 'erased', $2::timestamptz from back
       on conflict (topic, phone) do update set state = excluded.state, source = excluded.source, at = excluded.at
     )
     select phone, topic from back`,
    [JSON.stringify(phones.map((phone) => ({ phone, hash: hashOf(phone) }))), iso(now)],
  )
  for (const { phone, topic } of rows) recalled.set(phone, [...(recalled.get(phone) ?? []), topic])
  if (rows.length > 0) {
    await tx.query(
      `insert into consent_entry (id, phone, topic, state, source, actor, actor_name, at)
       select id, phone, topic, 'out', 'erased', 'contact', '', $2::timestamptz
       from json_to_recordset($1::text::json) as x(id uuid, phone text, topic text)`,
      [JSON.stringify(rows.map((row) => ({ ...row, id: newId() }))), iso(now)],
    )
  }
  return recalled
}
