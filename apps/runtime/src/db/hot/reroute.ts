import type { Sql } from '../sql.ts'
import { butOnlyIf } from './recordset.ts'

const text = `
update outbox set link = $2::text
where state = 'queued' and channel = $1::text and ${butOnlyIf(`kind = 'sms'`)}
  and link not in (select x from json_array_elements_text($3::text::json) as x)
returning 1`

/**
 * Gives the MTs of a channel that wait for other links than those in `keep` to the link `to`. What is in flight stays
 * where it is, and holds back what follows for its phone. Returns how many were moved.
 */
export async function reroute(
  sql: Sql,
  { channel, to, keep }: { readonly channel: string; readonly to: string; readonly keep: readonly string[] },
): Promise<number> {
  return (await sql.query(text, [channel, to, JSON.stringify(keep)])).length
}

const orphans = `
update outbox o set state = 'queued', possible_duplicate = true, link = $1::text
where o.state = 'sending' and o.channel = $2::text and ${butOnlyIf(`o.kind = 'sms'`)}
  and not exists (select 1 from link where link.id = o.link and link.is_enabled)
  and not exists (
    select 1 from lease l
    where l.resource = 'link:' || o.link || ':0' and l.expires_at > clock_timestamp() - $3::int * interval '1 ms')
returning 1`

/**
 * As `reroute`, for MTs left `sending` by links that exist no more: their owner died, and no other will come.
 * `graceMs`: how long after its lease ended an owner may still be writing.
 */
export async function adoptOrphans(
  sql: Sql,
  { channel, to, graceMs }: { readonly channel: string; readonly to: string; readonly graceMs: number },
): Promise<number> {
  return (await sql.query(orphans, [to, channel, graceMs])).length
}
