import type { Json } from '@textloom/core'
import type { Sql } from '../sql.ts'
import { outboxKeyColumns } from './keys.ts'
import { iso, lookedUp, recordset } from './recordset.ts'
import type { OutboxKey } from './types.ts'

/** What a network calls one segment of an MT. */
export interface ProviderId {
  readonly link: string
  readonly providerId: string
}

/** The segment that a provider id names. */
export interface MatchedSegment extends OutboxKey, NamedMt {
  /** From 0. */
  readonly segment: number
}

/** Receipts that came before the submit response of the MT they belong to: to be submitted now. */
export interface EarlyReceipts extends MatchedSegment {
  readonly link: string
  readonly providerId: string
  /** As handed to `keepReceipts`. */
  readonly receipts: readonly Json[]
}

/** Which MT a receipt is about, as people name it. */
export interface NamedMt {
  /** Its public id; null when its row is no longer kept. */
  readonly message: string | null
  /** The run that sent it, if one did. */
  readonly run: string | null
}

const outboxKey = Object.keys(outboxKeyColumns)

const idColumns = { link: 'text', provider_id: 'text' }

const match = `
select r.link, r.provider_id, r.channel, r.phone, r.rev, r.n, r.segment, o.id as message, o.run_id as run
from ${recordset(1, 'x', idColumns)} join receipt r on ${lookedUp('r', 'x', ['link', 'provider_id'])}
left join outbox o on ${lookedUp('o', 'r', outboxKey)}
where r.bucket is not null`

interface MatchRow extends MatchedSegment {
  readonly link: string
  readonly provider_id: string
}

/** Which segment each of `ids` names, in their order; undefined where no submit response named it yet. */
export async function matchReceipts(sql: Sql, ids: readonly ProviderId[]): Promise<(MatchedSegment | undefined)[]> {
  if (ids.length === 0) return []
  const list = ids.map(({ link, providerId }) => ({ link, provider_id: providerId }))
  const found = new Map<string, MatchedSegment>()
  for (const { link, provider_id, ...segment } of await sql.query<MatchRow>(match, [JSON.stringify(list)])) {
    found.set(`${link}\0${provider_id}`, segment)
  }
  return ids.map(({ link, providerId }) => found.get(`${link}\0${providerId}`))
}

/** A receipt that names nothing yet. */
export interface KeptReceipt extends ProviderId {
  readonly receipt: Json
  readonly at: number
}

const ofMt = (column: string) => `(select o.${column} from outbox o where ${lookedUp('o', 'receipt', outboxKey)})`

const early = `link, provider_id as "providerId", channel, phone, rev, n, segment, unmatched as receipts,
  ${ofMt('id')} as message, ${ofMt('run_id')} as run`

const keep = `
insert into receipt (link, provider_id, unmatched, created_at)
select link, provider_id, jsonb_agg(receipt), max(at)
from ${recordset(1, 'x', { ...idColumns, receipt: 'jsonb', at: 'timestamptz' })}
group by link, provider_id order by link, provider_id
on conflict (link, provider_id) do update set unmatched = receipt.unmatched || excluded.unmatched
returning ${early}`

/**
 * Keeps receipts that came before the submit response they belong to; `settleAndClaim` hands them out once it has.
 * Returns those whose submit response settled in the meantime: submit them now.
 */
export async function keepReceipts(sql: Sql, receipts: readonly KeptReceipt[]): Promise<EarlyReceipts[]> {
  if (receipts.length === 0) return []
  const list = receipts.map(({ link, providerId, receipt, at }) => ({
    link,
    provider_id: providerId,
    receipt,
    at: iso(at),
  }))
  const rows = await sql.query<EarlyReceipts>(keep, [JSON.stringify(list)])
  return rows.filter((row) => row.channel !== null)
}

const unsubmitted = `
select ${early} from receipt where bucket is not null and unmatched <> '[]' order by created_at limit $1::int`

/** Receipts that are matched by now but were never handed on, because the process died in between. */
export function unsubmittedReceipts(sql: Sql, limit: number): Promise<EarlyReceipts[]> {
  return sql.query<EarlyReceipts>(unsubmitted, [limit])
}

const clear = `
update receipt r set unmatched = coalesce((
  select jsonb_agg(u.value order by u.position) from jsonb_array_elements(r.unmatched) with ordinality as u(value, position)
  where u.position > x.count), '[]')
from ${recordset(1, 'x', { ...idColumns, count: 'int' })}
where ${lookedUp('r', 'x', ['link', 'provider_id'])}`

/** Forgets kept receipts once the events they became are stored; a second submit of one would be deduplicated. */
export async function forgetReceipts(sql: Sql, submitted: readonly EarlyReceipts[]): Promise<void> {
  if (submitted.length === 0) return
  const list = submitted.map(({ link, providerId, receipts }) => ({
    link,
    provider_id: providerId,
    count: receipts.length,
  }))
  await sql.query(clear, [JSON.stringify(list)])
}
