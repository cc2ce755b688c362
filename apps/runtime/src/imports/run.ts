import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'
import { recordConsents } from '../people/consent-ledger.ts'
import { type SavedContact, saveContacts } from '../people/save-contacts.ts'
import { contactDraft } from './flat-draft.ts'
import { changeImport, type ImportPlan, type ImportResult, type ImportRow, lockImport } from './imports.ts'
import { type PassDeps, PassEnded } from './pass.ts'
import { dropFile } from './pieces.ts'
import type { DeclaredConsent, FlatDraft } from './rules.ts'

const BATCH = 500

const nothing: ImportResult = { created: 0, changed: 0, same: 0, skipped: 0, consents: 0, refusedConsents: 0 }

interface Row {
  readonly n: number
  readonly phone: string
  readonly draft: FlatDraft
}

/**
 * Writes the rows of a checked import, a batch in one transaction with how far it has come: after a crash it goes on
 * behind the last batch, and nothing is done twice.
 * @throws PassEnded when it is not to go on
 */
export async function runImport(row: ImportRow & { readonly plan: ImportPlan }, deps: PassDeps): Promise<void> {
  const { sql, clock, mayGoOn } = deps
  await makeGroups(sql, row, clock.now())
  for (;;) {
    await mayGoOn(row)
    const phones = await sql.transaction((tx) => runBatch(tx, row, deps))
    if (phones.length === 0) break
    await deps.contactsChanged(phones)
    await deps.moved(row, {})
  }
  await sql.transaction(async (tx) => {
    if (await changeImport(tx, row.id, { from: ['running'], state: 'done', at: clock.now() }))
      await dropFile(tx, row.id)
  })
}

async function makeGroups(sql: Sql, { counts }: ImportRow, now: number): Promise<void> {
  await sql.query(
    `insert into contact_group (id, title, kind, source, created_at, updated_at)
     select id, title, 'static', 'import', $2::timestamptz, $2::timestamptz
     from json_to_recordset($1::text::json) as x(id text, title text) on conflict do nothing`,
    [JSON.stringify(counts?.newGroups ?? []), iso(now)],
  )
}

/** Returns the phones of the batch; none after the last one. */
async function runBatch(
  tx: Sql,
  { id, plan }: ImportRow & { readonly plan: ImportPlan },
  deps: PassDeps,
): Promise<string[]> {
  const { clock, ids, hashOf } = deps
  const now = clock.now()
  // Locked: whoever cancels waits for this batch, or finds it not begun.
  const row = await lockImport(tx, id)
  if (row?.state !== 'running') throw new PassEnded()
  const rows = await tx.query<Row>(
    `select n, phone, draft from contact_import_row
     where import_id = $1::uuid and n > $2::int and phone is not null and outcome <> 'merged' order by n limit ${BATCH}`,
    [id, row.position],
  )
  const last = rows.at(-1)
  if (last === undefined) return []
  const { only, consent } = plan.rules
  const by = { actor: row.actor, actorName: row.actorName, source: 'import' } as const
  const means = { now, newId: ids.next, hashOf }
  const drafts = rows.map(({ phone, draft }) => contactDraft(phone, draft))
  const saved = await saveContacts(
    tx,
    drafts,
    by,
    means,
    only === null ? {} : { only: only === 'new' ? 'create' : 'update' },
  )
  const skipped = only === null ? new Set<string>() : await skippedOf(tx, saved, only)
  const meant = saved.flatMap(({ phone }) => (skipped.has(phone) ? [] : [phone]))
  const before = consent === null ? new Map<string, object>() : await consentsBefore(tx, meant, consent)
  const recorded =
    consent === null
      ? []
      : await recordConsents(
          tx,
          meant.map((phone) => ({ phone, ...consent })),
          by,
          { now, newId: ids.next },
        )
  const consenting = new Set(recorded.flatMap(({ phone, outcome }) => (outcome === 'recorded' ? [phone] : [])))
  const savedOf = new Map(saved.map((one) => [one.phone, one]))
  const done = rows.map(({ n, phone }) => ({
    n,
    outcome: skipped.has(phone) ? 'skipped' : (savedOf.get(phone)?.outcome ?? 'same'),
    changes: savedOf.get(phone)?.differences ?? [],
    consent_before: consenting.has(phone) ? { ...before.get(phone), given: iso(now) } : null,
  }))
  await tx.query(
    `update contact_import_row r set outcome = x.outcome, changes = x.changes, consent_before = x.consent_before
     from json_to_recordset($2::text::json) as x(n int, outcome text, changes jsonb, consent_before jsonb)
     where r.import_id = $1::uuid and r.n = x.n`,
    [id, JSON.stringify(done)],
  )
  const sum = row.result ?? nothing
  const count = (outcome: string) => done.filter((one) => one.outcome === outcome).length
  const result: ImportResult = {
    created: sum.created + count('created'),
    changed: sum.changed + count('changed'),
    same: sum.same + count('same'),
    skipped: sum.skipped + count('skipped'),
    consents: sum.consents + consenting.size,
    refusedConsents: sum.refusedConsents + recorded.length - consenting.size,
  }
  await changeImport(tx, id, {
    position: last.n,
    progress: row.progress + rows.length,
    result,
    ranAt: row.ranAt ?? new Date(now),
    at: now,
  })
  return rows.map(({ phone }) => phone)
}

/** Those that the rules left alone: who is there where only new ones are made, who is not where only old ones change. */
async function skippedOf(tx: Sql, saved: readonly SavedContact[], only: 'new' | 'existing'): Promise<Set<string>> {
  const same = saved.flatMap(({ phone, outcome }) => (outcome === 'same' ? [phone] : []))
  if (only === 'new') return new Set(same)
  const known = await tx.query<{ phone: string }>(
    'select phone from contact where phone in (select json_array_elements_text($1::text::json))',
    [JSON.stringify(same)],
  )
  const there = new Set(known.map(({ phone }) => phone))
  return new Set(same.filter((phone) => !there.has(phone)))
}

async function consentsBefore(
  tx: Sql,
  phones: readonly string[],
  { topic }: DeclaredConsent,
): Promise<ReadonlyMap<string, object>> {
  const rows = await tx.query<{ phone: string; state: string; channel: string | null; source: string; at: Date }>(
    `select phone, state, channel, source, at from consent
     where topic = $1::text and phone in (select json_array_elements_text($2::text::json))`,
    [topic, JSON.stringify(phones)],
  )
  return new Map(rows.map(({ phone, ...before }) => [phone, before]))
}
