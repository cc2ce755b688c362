import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'
import type { PeopleActor, PeopleMeans } from './actor.ts'
import { recordConsents } from './consent-ledger.ts'
import { findContact } from './contacts.ts'
import { saveContacts } from './save-contacts.ts'

/**
 * Makes one contact of two, in the caller's transaction: what `into` does not know it learns of `from`, its groups and
 * notes come along, and `from` is a contact no more. Messages stay with the numbers they went to. An opt-out of either
 * counts for both. False when one of them is not there.
 */
export async function mergeContacts(
  tx: Sql,
  { from, into }: { readonly from: string; readonly into: string },
  by: Omit<PeopleActor, 'source'>,
  means: PeopleMeans,
): Promise<boolean> {
  const [other, kept] = [await findContact(tx, from), await findContact(tx, into)]
  if (other === undefined || kept === undefined) return false
  const { name, language, timezone } = kept
  const draft = {
    phone: into,
    name: name ?? other.name,
    language: language ?? other.language,
    timezone: timezone ?? other.timezone,
    fields: { ...other.fields, ...kept.fields },
    groups: Object.fromEntries(other.groups.map((group) => [group, true])),
  }
  await saveContacts(tx, [draft], { ...by, source: 'merge' }, means)
  const refused = [...(other.isOptedOut ? [''] : []), ...other.refusedTopics].filter((topic) =>
    topic === '' ? !kept.isOptedOut : !kept.refusedTopics.includes(topic),
  )
  await recordConsents(
    tx,
    refused.map((topic) => ({ phone: into, topic, state: 'out', words: `Merged with ${from}, which had opted out.` })),
    { ...by, source: 'api' },
    means,
  )
  await tx.query('update contact_note set phone = $2::text where phone = $1::text', [from, into])
  await tx.query('update contact_change set phone = $2::text where phone = $1::text', [from, into])
  await tx.query('delete from group_member where phone = $1::text', [from])
  await tx.query('delete from contact where phone = $1::text', [from])
  await tx.query(
    `insert into contact_change (id, phone, source, actor, actor_name, changes, at)
     values ($1::uuid, $2::text, 'merge', $3::text, $4::text, $5::text::jsonb, $6::timestamptz)`,
    [
      means.newId(),
      into,
      by.actor,
      by.actorName,
      JSON.stringify([{ what: 'contact', from, to: into }]),
      iso(means.now),
    ],
  )
  return true
}
