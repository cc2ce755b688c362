import { etagOf } from '../catalogue/etag.ts'
import type { Sql } from '../db/sql.ts'
import { type Campaign, campaignSchema } from './campaign-schema.ts'
import type { CheckResult } from './check-result.ts'

export const campaignStates = ['draft', 'requested', 'running', 'paused', 'finished', 'cancelled'] as const

export type CampaignState = (typeof campaignStates)[number]

/** A campaign as its row has it. */
export interface CampaignRow {
  readonly id: string
  readonly state: CampaignState
  readonly definition: Campaign
  /** Of the definition. */
  readonly etag: string
  readonly lastCheck: CheckResult | null
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Of an alert: who asked first that it starts. */
  readonly requestedBy: string | null
  readonly requestedByName: string | null
  readonly requestedAt: Date | null
  readonly launchedBy: string | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  /** Why it was paused by itself. */
  readonly trouble: string | null
}

const columns = `id, state, definition, etag, last_check as "lastCheck", created_by as "createdBy",
  created_at as "createdAt", updated_at as "updatedAt", requested_by as "requestedBy",
  requested_by_name as "requestedByName", requested_at as "requestedAt", launched_by as "launchedBy",
  started_at as "startedAt", ended_at as "endedAt", trouble`

type StoredRow = Omit<CampaignRow, 'definition'> & { readonly definition: unknown }

function asCampaign(row: StoredRow): CampaignRow {
  return { ...row, definition: campaignSchema.parse(row.definition) }
}

export async function findCampaign(tx: Sql, id: string): Promise<CampaignRow | undefined> {
  const rows = await tx.query<StoredRow>(`select ${columns} from campaign where id = $1::uuid`, [id])
  return rows.map(asCampaign)[0]
}

/** As `findCampaign`, and nobody else changes it before this transaction ends. */
export async function lockCampaign(tx: Sql, id: string): Promise<CampaignRow | undefined> {
  const rows = await tx.query<StoredRow>(`select ${columns} from campaign where id = $1::uuid for update`, [id])
  return rows.map(asCampaign)[0]
}

/** The newest first. */
export async function listCampaigns(
  tx: Sql,
  {
    before,
    state,
    limit,
  }: { readonly before?: string | undefined; readonly state?: CampaignState | undefined; readonly limit: number },
): Promise<CampaignRow[]> {
  const rows = await tx.query<StoredRow>(
    `select ${columns} from campaign
     where ($1::uuid is null or id < $1::uuid) and ($2::text is null or state = $2::text)
     order by id desc limit $3::int`,
    [before ?? null, state ?? null, limit],
  )
  return rows.map(asCampaign)
}

/** Those that run, alerts first. */
export async function runningCampaigns(tx: Sql): Promise<CampaignRow[]> {
  const rows = await tx.query<StoredRow>(
    `select ${columns} from campaign where state = 'running' order by is_alert desc, id`,
  )
  return rows.map(asCampaign)
}

/** Those of whose texts more may become known: running, or with recipients that are open. */
export async function unsettledCampaigns(tx: Sql): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from campaign c where state <> 'draft'
       and exists (select 1 from campaign_recipient r where r.campaign = c.id and r.is_open) order by id`,
  )
  return rows.map(({ id }) => id)
}

export async function insertCampaign(
  tx: Sql,
  {
    id,
    definition,
    by,
    at,
  }: { readonly id: string; readonly definition: Campaign; readonly by: string; readonly at: number },
): Promise<void> {
  const { name, channel, alert } = definition
  const text = JSON.stringify(definition)
  await tx.query(
    `insert into campaign (id, name, channel, state, definition, etag, is_alert, created_by, created_at, updated_at)
     values ($1::uuid, $2::text, $3::text, 'draft', $4::text::json, $5::text, $6::bool, $7::text, $8::timestamptz, $8::timestamptz)`,
    [id, name, channel, text, etagOf(text), alert !== undefined, by, new Date(at)],
  )
}

/** Replaces a draft; whatever was checked or asked for counts no more. */
export async function replaceDefinition(
  tx: Sql,
  { id, definition, at }: { readonly id: string; readonly definition: Campaign; readonly at: number },
): Promise<void> {
  const { name, channel, alert } = definition
  const text = JSON.stringify(definition)
  await tx.query(
    `update campaign set name = $2::text, channel = $3::text, definition = $4::text::json, etag = $5::text,
       is_alert = $6::bool, updated_at = $7::timestamptz, state = 'draft', last_check = null,
       requested_by = null, requested_by_name = null, requested_at = null
     where id = $1::uuid`,
    [id, name, channel, text, etagOf(text), alert !== undefined, new Date(at)],
  )
}

export async function deleteCampaign(tx: Sql, id: string): Promise<void> {
  await tx.query('delete from campaign where id = $1::uuid', [id])
}

export async function keepCheck(tx: Sql, id: string, check: CheckResult): Promise<void> {
  await tx.query('update campaign set last_check = $2::text::json where id = $1::uuid', [id, JSON.stringify(check)])
}

/** Of an alert: somebody asked that it starts, and another has to agree. */
export async function requestStart(
  tx: Sql,
  { id, by, name, at }: { readonly id: string; readonly by: string; readonly name: string; readonly at: number },
): Promise<void> {
  await tx.query(
    `update campaign set state = 'requested', requested_by = $2::text, requested_by_name = $3::text,
       requested_at = $4::timestamptz, updated_at = $4::timestamptz where id = $1::uuid`,
    [id, by, name, new Date(at)],
  )
}

/** Begins it: from here on it is planned and sent. */
export async function startCampaign(
  tx: Sql,
  { id, by, at }: { readonly id: string; readonly by: string; readonly at: number },
): Promise<void> {
  await tx.query(
    `update campaign set state = 'running', launched_by = $2::text, started_at = $3::timestamptz,
       updated_at = $3::timestamptz where id = $1::uuid`,
    [id, by, new Date(at)],
  )
}

/** Pauses it, lets it go on, or ends it. */
export async function setState(
  tx: Sql,
  {
    id,
    from,
    to,
    at,
  }: { readonly id: string; readonly from: readonly CampaignState[]; readonly to: CampaignState; readonly at: number },
): Promise<boolean> {
  const isOver = to === 'finished' || to === 'cancelled'
  const rows = await tx.query(
    `update campaign set state = $3::text, updated_at = $4::timestamptz,
       trouble = null, ended_at = case when $5::bool then $4::timestamptz else ended_at end
     where id = $1::uuid and state in (select json_array_elements_text($2::text::json)) returning 1`,
    [id, JSON.stringify(from), to, new Date(at), isOver],
  )
  return rows.length > 0
}

/** Pauses it because it cannot go on, and says why. */
export async function pauseForTrouble(
  tx: Sql,
  { id, trouble, at }: { readonly id: string; readonly trouble: string; readonly at: number },
): Promise<void> {
  await tx.query(
    `update campaign set state = 'paused', trouble = $2::text, updated_at = $3::timestamptz
     where id = $1::uuid and state = 'running'`,
    [id, trouble, new Date(at)],
  )
}
