import type { Json } from '@textloom/core'
import { iso } from '../db/hot/recordset.ts'
import type { ContactDifference } from '../db/hot/types.ts'
import type { Sql } from '../db/sql.ts'
import type { PeopleActor, PeopleMeans } from './actor.ts'
import { recallOptOuts } from './erased-opt-outs.ts'

/** What is to be known of a contact. What is absent stays; null clears. */
export interface ContactDraft {
  /** Canonical. */
  readonly phone: string
  readonly name?: string | null
  readonly language?: string | null
  readonly timezone?: string | null
  readonly fields?: { readonly [key: string]: Json }
  /** Ids of static groups that are there: true to be in it, false to be out of it. */
  readonly groups?: { readonly [id: string]: boolean }
}

/** What became of a draft. */
export interface SavedContact {
  readonly phone: string
  readonly outcome: 'created' | 'changed' | 'same'
  /** What is another than before, in the order of the draft. */
  readonly differences: readonly ContactDifference[]
}

export interface SaveOptions {
  /** `create`: leaves contacts alone that are there; `update`: makes none. Default both. */
  readonly only?: 'create' | 'update'
}

interface Known {
  readonly phone: string
  readonly name: string | null
  readonly language: string | null
  readonly timezone: string | null
  readonly fields: { readonly [key: string]: Json }
  readonly groups: readonly string[] | null
}

/**
 * Writes contacts, some thousands at most at once, with the history of what changed; each phone once. In the caller's
 * transaction: their rows are locked until it ends, in the order of phones. Somebody who was erased after STOP is
 * opted out again. Sessions at hand know of it after `contactsChanged`.
 */
export async function saveContacts(
  tx: Sql,
  drafts: readonly ContactDraft[],
  by: PeopleActor,
  means: PeopleMeans,
  { only }: SaveOptions = {},
): Promise<SavedContact[]> {
  const known = await knownOf(tx, drafts)
  const fresh = drafts.filter(({ phone }) => !known.has(phone))
  if (only !== 'update')
    await recallOptOuts(
      tx,
      fresh.map(({ phone }) => phone),
      means,
    )
  const saved = drafts.map((draft): SavedContact => {
    const { phone } = draft
    const before = known.get(phone)
    if (before === undefined ? only === 'update' : only === 'create') return { phone, outcome: 'same', differences: [] }
    const differences = differencesOf(before, draft)
    if (before === undefined) return { phone, outcome: 'created', differences }
    return { phone, outcome: differences.length === 0 ? 'same' : 'changed', differences }
  })
  const written = saved.filter(({ outcome }) => outcome !== 'same')
  if (written.length === 0) return saved
  await writeRows(tx, written, known, means)
  await writeGroups(tx, written, means)
  await writeHistory(tx, written, by, means)
  return saved
}

async function knownOf(tx: Sql, drafts: readonly ContactDraft[]): Promise<ReadonlyMap<string, Known>> {
  const phones = drafts.map(({ phone }) => phone)
  const rows = await tx.query<Known>(
    `select c.phone, c.name, c.language, c.timezone, c.fields,
       (select json_agg(m.group_id) from group_member m where m.phone = c.phone) as groups
     from contact c where c.phone in (select json_array_elements_text($1::text::json)) order by c.phone for update`,
    [JSON.stringify(phones)],
  )
  return new Map(rows.map((row) => [row.phone, row]))
}

function differencesOf(before: Known | undefined, draft: ContactDraft): ContactDifference[] {
  const { name, language, timezone, fields = {}, groups = {} } = draft
  const wanted: ContactDifference[] = []
  const compare = (what: string, from: Json, to: Json | undefined) => {
    if (to !== undefined && JSON.stringify(from) !== JSON.stringify(to)) wanted.push({ what, from, to })
  }
  compare('name', before?.name ?? null, name)
  compare('language', before?.language ?? null, language)
  compare('timezone', before?.timezone ?? null, timezone)
  for (const [key, value] of Object.entries(fields)) compare(`field:${key}`, before?.fields[key] ?? null, value)
  for (const [id, isIn] of Object.entries(groups)) {
    compare(`group:${id}`, before?.groups?.includes(id) ?? false, isIn)
  }
  return wanted
}

async function writeRows(
  tx: Sql,
  written: readonly SavedContact[],
  known: ReadonlyMap<string, Known>,
  { now }: PeopleMeans,
): Promise<void> {
  const rows = written
    .map(({ phone, differences }) => {
      const before = known.get(phone)
      const changed = (what: string): string | null | undefined => {
        const found = differences.find((one) => one.what === what)
        return found === undefined ? undefined : (found.to as string | null)
      }
      const pick = (what: 'name' | 'language' | 'timezone') => {
        const to = changed(what)
        return to === undefined ? (before?.[what] ?? null) : to
      }
      const fields = Object.fromEntries(
        differences.flatMap(({ what, to }) => (what.startsWith('field:') ? [[what.slice('field:'.length), to]] : [])),
      )
      return { phone, name: pick('name'), language: pick('language'), timezone: pick('timezone'), fields }
    })
    .sort((a, b) => (a.phone < b.phone ? -1 : 1))
  await tx.query(
    `insert into contact (phone, name, language, timezone, fields, created_at, updated_at)
     select phone, name, language, timezone, fields, $2::timestamptz, $2::timestamptz
     from json_to_recordset($1::text::json) as x(phone text, name text, language text, timezone text, fields jsonb)
     on conflict (phone) do update set name = excluded.name, language = excluded.language,
       timezone = excluded.timezone, fields = contact.fields || excluded.fields, updated_at = excluded.updated_at`,
    [JSON.stringify(rows), iso(now)],
  )
}

async function writeGroups(tx: Sql, written: readonly SavedContact[], { now }: PeopleMeans): Promise<void> {
  const changes = written
    .flatMap(({ phone, differences }) =>
      differences.flatMap(({ what, to }) =>
        what.startsWith('group:') ? [{ group_id: what.slice('group:'.length), phone, is_in: to }] : [],
      ),
    )
    .sort((a, b) => (a.phone < b.phone ? -1 : 1))
  const [joining, leaving] = [changes.filter(({ is_in }) => is_in), changes.filter(({ is_in }) => !is_in)]
  const list = 'json_to_recordset($1::text::json) as x(group_id text, phone text)'
  if (joining.length > 0) {
    await tx.query(
      `insert into group_member (group_id, phone, joined_at)
       select group_id, phone, $2::timestamptz from ${list} on conflict do nothing`,
      [JSON.stringify(joining), iso(now)],
    )
  }
  if (leaving.length > 0) {
    await tx.query(`delete from group_member m using ${list} where m.group_id = x.group_id and m.phone = x.phone`, [
      JSON.stringify(leaving),
    ])
  }
}

async function writeHistory(
  tx: Sql,
  written: readonly SavedContact[],
  { source, actor, actorName }: PeopleActor,
  { now, newId }: PeopleMeans,
): Promise<void> {
  const rows = written.map(({ phone, outcome, differences }) => ({
    id: newId(),
    phone,
    changes: outcome === 'created' ? [{ what: 'contact', from: false, to: true }, ...differences] : differences,
  }))
  await tx.query(
    `insert into contact_change (id, phone, source, actor, actor_name, changes, at)
     select id, phone, $2::text, $3::text, $4::text, changes, $5::timestamptz
     from json_to_recordset($1::text::json) as x(id uuid, phone text, changes jsonb)`,
    [JSON.stringify(rows), source, actor, actorName, iso(now)],
  )
}
