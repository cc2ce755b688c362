import type { Json } from '@textloom/core'
import { iso } from '../db/hot/recordset.ts'
import type { ContactDifference } from '../db/hot/types.ts'
import type { Sql } from '../db/sql.ts'
import { saveContacts } from '../people/save-contacts.ts'
import { contactDraft } from './flat-draft.ts'
import { changeImport, type ImportRow, lockImport, type UndoResult } from './imports.ts'
import { type PassDeps, PassEnded } from './pass.ts'
import type { FlatDraft } from './rules.ts'
import { type ConsentBefore, undoConsents } from './undo-consents.ts'

const BATCH = 500

const nothing: UndoResult = { removed: 0, restored: 0, kept: 0 }

interface Row {
  readonly n: number
  readonly phone: string
  readonly outcome: string
  readonly changes: readonly ContactDifference[]
  readonly consent_before: ConsentBefore | null
}

interface Standing {
  readonly phone: string
  readonly name: string | null
  readonly language: string | null
  readonly timezone: string | null
  readonly fields: { readonly [key: string]: Json }
  readonly groups: readonly string[] | null
  /** Nobody changed, wrote to or heard of them since they were made. */
  readonly is_untouched: boolean
}

/** What an undo does about a row. */
interface Deed {
  readonly n: number
  readonly phone: string
  readonly undo: 'removed' | 'restored' | 'kept'
  readonly detail: string | null
  readonly back: FlatDraft
}

/**
 * Takes back what an import did, a batch in one transaction: contacts that it made and nobody touched since go, and what
 * it changed is again what it was, unless it is another by now: that stays, and is said.
 * @throws PassEnded when it is not to go on
 */
export async function undoImport(row: ImportRow, deps: PassDeps): Promise<void> {
  for (;;) {
    await deps.mayGoOn(row)
    const phones = await deps.sql.transaction((tx) => undoBatch(tx, row.id, deps))
    if (phones.length === 0) break
    await deps.contactsChanged(phones)
    await deps.moved(row, {})
  }
  await changeImport(deps.sql, row.id, { from: ['undoing'], state: 'undone', at: deps.clock.now() })
}

async function undoBatch(tx: Sql, id: string, { clock, ids, hashOf }: PassDeps): Promise<string[]> {
  const now = clock.now()
  const row = await lockImport(tx, id)
  if (row?.state !== 'undoing') throw new PassEnded()
  const rows = await tx.query<Row>(
    `select n, phone, outcome, changes, consent_before from contact_import_row
     where import_id = $1::uuid and n > $2::int and changes is not null and phone is not null order by n limit ${BATCH}`,
    [id, row.position],
  )
  const last = rows.at(-1)
  if (last === undefined) return []
  const standing = await standingOf(tx, rows)
  const deeds = rows.flatMap((one) => deedFor(one, standing.get(one.phone)))
  const by = { actor: row.actor, actorName: row.actorName, source: 'import' } as const
  const means = { now, newId: ids.next, hashOf }
  const restored = deeds.filter(({ back }) => Object.keys(back).length > 0)
  await saveContacts(
    tx,
    restored.map(({ phone, back }) => contactDraft(phone, back)),
    by,
    means,
    { only: 'update' },
  )
  await removeContacts(
    tx,
    deeds.flatMap(({ phone, undo }) => (undo === 'removed' ? [phone] : [])),
    by,
    means,
  )
  await undoConsents(tx, { rows, topic: row.plan?.rules.consent?.topic ?? '', by, now, newId: ids.next })
  await tx.query(
    `update contact_import_row r set undo = x.undo, undo_detail = x.detail
     from json_to_recordset($2::text::json) as x(n int, undo text, detail text)
     where r.import_id = $1::uuid and r.n = x.n`,
    [id, JSON.stringify(deeds.map(({ n, undo, detail }) => ({ n, undo, detail })))],
  )
  const sum = row.undone ?? nothing
  const count = (undo: Deed['undo']) => deeds.filter((deed) => deed.undo === undo).length
  const undone: UndoResult = {
    removed: sum.removed + count('removed'),
    restored: sum.restored + count('restored'),
    kept: sum.kept + count('kept'),
  }
  await changeImport(tx, id, { position: last.n, progress: row.progress + rows.length, undone, at: now })
  return rows.map(({ phone }) => phone)
}

async function standingOf(tx: Sql, rows: readonly Row[]): Promise<ReadonlyMap<string, Standing>> {
  const found = await tx.query<Standing>(
    `select c.phone, c.name, c.language, c.timezone, c.fields,
       (select json_agg(m.group_id) from group_member m where m.phone = c.phone) as groups,
       c.updated_at = c.created_at
         and not exists (select 1 from contact_note t where t.phone = c.phone)
         and not exists (select 1 from run r where r.phone = c.phone)
         and not exists (select 1 from inbox i where i.kind = 'mo' and i.phone = c.phone)
         and not exists (select 1 from outbox o where o.kind = 'sms' and o.phone = c.phone) as is_untouched
     from contact c where c.phone in (select json_array_elements_text($1::text::json)) order by c.phone for update of c`,
    [JSON.stringify(rows.map(({ phone }) => phone))],
  )
  return new Map(found.map((one) => [one.phone, one]))
}

/** None for a contact of whom the import changed nothing. */
function deedFor({ n, phone, outcome, changes }: Row, now: Standing | undefined): Deed[] {
  if (outcome !== 'created' && changes.length === 0) return []
  if (now === undefined) return [{ n, phone, undo: 'kept', detail: 'The contact was removed since.', back: {} }]
  if (outcome === 'created') {
    if (now.is_untouched) return [{ n, phone, undo: 'removed', detail: null, back: {} }]
    const detail = 'The contact was changed, texted or heard since it was imported, and stays.'
    return [{ n, phone, undo: 'kept', detail, back: {} }]
  }
  const same = changes.filter(({ what, to }) => JSON.stringify(valueIn(now, what)) === JSON.stringify(to))
  const back = Object.fromEntries(same.map(({ what, from }) => [what, from as FlatDraft[string]]))
  const others = changes.filter((change) => !same.includes(change)).map(({ what }) => what)
  if (others.length === 0) return [{ n, phone, undo: 'restored', detail: null, back }]
  return [{ n, phone, undo: 'kept', detail: `Changed since, and stays: ${others.join(', ')}.`, back }]
}

function valueIn(now: Standing, what: string): Json {
  if (what === 'name' || what === 'language' || what === 'timezone') return now[what]
  if (what.startsWith('group:')) return now.groups?.includes(what.slice('group:'.length)) ?? false
  return now.fields[what.slice('field:'.length)] ?? null
}

async function removeContacts(
  tx: Sql,
  phones: readonly string[],
  { source, actor, actorName }: { readonly source: string; readonly actor: string; readonly actorName: string },
  { now, newId }: { readonly now: number; readonly newId: () => string },
): Promise<void> {
  if (phones.length === 0) return
  const list = JSON.stringify(phones)
  const these = 'phone in (select json_array_elements_text($1::text::json))'
  await tx.query(`delete from group_member where ${these}`, [list])
  await tx.query(`delete from contact where ${these}`, [list])
  await tx.query(
    `insert into contact_change (id, phone, source, actor, actor_name, changes, at)
     select id, phone, $2::text, $3::text, $4::text, '[{"what": "contact", "from": true, "to": false}]', $5::timestamptz
     from json_to_recordset($1::text::json) as x(id uuid, phone text)`,
    [JSON.stringify(phones.map((phone) => ({ id: newId(), phone }))), source, actor, actorName, iso(now)],
  )
}
