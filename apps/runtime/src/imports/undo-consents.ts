import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'

/** What is kept of a consent that an import recorded: when, and the one before it, if there was any. */
export interface ConsentBefore {
  readonly given: string
  readonly state?: 'in' | 'out' | 'pending'
  readonly channel?: string | null
  readonly source?: string
  readonly at?: string
}

interface Undoing {
  readonly rows: readonly { readonly phone: string; readonly consent_before: ConsentBefore | null }[]
  readonly topic: string
  readonly by: { readonly source: string; readonly actor: string; readonly actorName: string }
  readonly now: number
  readonly newId: () => string
}

const list = `json_to_recordset($1::text::json)
  as x(phone text, given timestamptz, id uuid, state text, channel text, source text, at timestamptz)`

/**
 * Takes back the consents that an import recorded and nothing followed, in the caller's transaction: the one before
 * counts again, or none. The ledger is added to, never cut.
 */
export async function undoConsents(tx: Sql, { rows, topic, by, now, newId }: Undoing): Promise<void> {
  const given = rows.flatMap(({ phone, consent_before: before }) =>
    before === null ? [] : [{ phone, id: newId(), ...before }],
  )
  if (given.length === 0) return
  const standing = await tx.query<{ phone: string }>(
    `select k.phone from consent k, ${list} where k.topic = $2::text and k.phone = x.phone
       and k.source = 'import' and k.at = x.given for update of k`,
    [JSON.stringify(given), topic],
  )
  const still = new Set(standing.map(({ phone }) => phone))
  const undone = JSON.stringify(given.filter(({ phone }) => still.has(phone)))
  await tx.query(
    `delete from suppression s using ${list} where s.topic = $2::text and s.phone = x.phone
       and s.source = 'import' and s.at = x.given`,
    [undone, topic],
  )
  await tx.query(
    `delete from consent k using ${list} where k.topic = $2::text and k.phone = x.phone and x.state is null`,
    [undone, topic],
  )
  await tx.query(
    `update consent k set state = x.state, channel = x.channel, source = x.source, at = x.at
     from ${list} where k.topic = $2::text and k.phone = x.phone and x.state is not null`,
    [undone, topic],
  )
  await tx.query(
    `insert into consent_entry (id, phone, topic, state, channel, words, source, actor, actor_name, at)
     select id, phone, $2::text, coalesce(state, 'none'), channel, 'The import that said otherwise was undone.',
       'import', $3::text, $4::text, $5::timestamptz from ${list}`,
    [undone, topic, by.actor, by.actorName, iso(now)],
  )
}
