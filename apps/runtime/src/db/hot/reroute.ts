import type { Sql } from '../sql.ts'

const text = `
update outbox set link = $2::text
where kind = 'sms' and state = 'queued' and channel = $1::text
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
