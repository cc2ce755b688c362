import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'
import type { PeopleMeans } from './actor.ts'

/** Something that a contact agreed to or refused, for the ledger. */
export interface ConsentRecord {
  /** Canonical. */
  readonly phone: string
  /** '' is messages at all. */
  readonly topic: string
  readonly state: 'in' | 'out' | 'pending'
  readonly channel?: string | null
  /** What they said, or were shown when they agreed. */
  readonly words: string | null
  /** When they did so, where it was not now; epoch milliseconds. */
  readonly at?: number
}

/** By which way it came, and who says so. */
export interface ConsentBy {
  readonly source: 'api' | 'agent' | 'import' | 'form' | 'review'
  readonly actor: string
  readonly actorName: string
}

/** What became of a record. `refused`: the contact opted out, and nothing that is not their own word undoes that. */
export interface RecordedConsent {
  readonly phone: string
  readonly topic: string
  readonly outcome: 'recorded' | 'refused'
}

/**
 * Writes consents into the ledger, and what they change into the hot list, in the caller's transaction. An opt-out always
 * counts. An opt-in that an import brings never undoes an opt-out: whoever said STOP says START, or agrees anew in a form.
 */
export async function recordConsents(
  tx: Sql,
  records: readonly ConsentRecord[],
  { source, actor, actorName }: ConsentBy,
  { now, newId }: Pick<PeopleMeans, 'now' | 'newId'>,
): Promise<RecordedConsent[]> {
  if (records.length === 0) return []
  const refused = source === 'import' ? await optedOutOf(tx, records) : new Set<string>()
  const outcomes = records.map(({ phone, topic, state }): RecordedConsent => {
    const isRefused =
      state !== 'out' && (refused.has(nameOf({ phone, topic })) || refused.has(nameOf({ phone, topic: '' })))
    return { phone, topic, outcome: isRefused ? 'refused' : 'recorded' }
  })
  const rows = records
    .filter((_record, index) => outcomes[index]?.outcome === 'recorded')
    .map(({ phone, topic, state, channel = null, words, at = now }) => ({
      id: newId(),
      phone,
      topic,
      state,
      channel,
      words,
      at: iso(at),
    }))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  if (rows.length === 0) return outcomes
  const list = `json_to_recordset($1::text::json)
    as x(id uuid, phone text, topic text, state text, channel text, words text, at timestamptz)`
  const json = JSON.stringify(rows)
  await tx.query(
    `insert into consent_entry (id, phone, topic, state, channel, words, source, actor, actor_name, at)
     select id, phone, topic, state, channel, words, $2::text, $3::text, $4::text, at from ${list}`,
    [json, source, actor, actorName],
  )
  // The last word of each about each topic.
  const last = JSON.stringify([...new Map(rows.map((row) => [nameOf(row), row])).values()])
  await tx.query(
    `insert into consent (topic, phone, state, channel, source, at)
     select topic, phone, state, channel, $2::text, at from ${list}
     on conflict (topic, phone) do update set state = excluded.state, channel = excluded.channel,
       source = excluded.source, at = excluded.at`,
    [last, source],
  )
  await tx.query(
    `insert into suppression (phone, topic, channel, source, at)
     select phone, topic, channel, $2::text, at from ${list} where state = 'out' on conflict do nothing`,
    [last, source],
  )
  await tx.query(
    `delete from suppression s using ${list} where x.state = 'in' and s.phone = x.phone and s.topic = x.topic`,
    [last],
  )
  return outcomes
}

async function optedOutOf(tx: Sql, records: readonly ConsentRecord[]): Promise<Set<string>> {
  const rows = await tx.query<{ phone: string; topic: string }>(
    'select phone, topic from suppression where phone in (select json_array_elements_text($1::text::json))',
    [JSON.stringify([...new Set(records.map(({ phone }) => phone))])],
  )
  return new Set(rows.map(nameOf))
}

function nameOf({ phone, topic }: { readonly phone: string; readonly topic: string }): string {
  return `${phone}\0${topic}`
}
