import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'
import type { PeopleMeans } from './actor.ts'

/** Tables with rows of a phone, all of which go. Sessions begin again at `rev` 1: nothing is left that they could meet. */
const tables = [
  'contact',
  'contact_change',
  'contact_note',
  'contact_import_row',
  'group_member',
  'consent',
  'consent_entry',
  'consent_review',
  'suppression',
  'session',
  'run',
  'pending_start',
  'inbox',
  'outbox',
  'part',
  'receipt',
  'event',
  'dead_letter',
  'ticket',
  'ticket_note',
  'tracked_link',
] as const

/** What an erasure took away: rows by table, those of which there were any. */
export type Erased = { readonly [table: string]: number }

/**
 * Erases a person (GDPR Art. 17), in the caller's transaction: what they wrote and were sent, what is known of them and
 * what was done with them. What they refused stays, under a keyed hash of their phone: whoever brings that phone back
 * brings the opt-out back with it (`recallOptOuts`). The number may stand in texts to and by others, which stay.
 */
export async function eraseContact(
  tx: Sql,
  phone: string,
  { now, hashOf }: Omit<PeopleMeans, 'newId'>,
): Promise<Erased> {
  await tx.query(
    `insert into erased_opt_out (hash, topic, at)
     select $2::text, topic, $3::timestamptz from suppression where phone = $1::text on conflict do nothing`,
    [phone, hashOf(phone), iso(now)],
  )
  const erased: { [table: string]: number } = {}
  for (const table of tables) {
    const gone = await tx.query(`delete from ${table} where phone = $1::text returning 1`, [phone])
    if (gone.length > 0) erased[table] = gone.length
  }
  // Answers that are kept for repeated requests name the phone too.
  await tx.query(`delete from idempotency_key where body::text like '%' || $1::text || '%'`, [JSON.stringify(phone)])
  return erased
}
