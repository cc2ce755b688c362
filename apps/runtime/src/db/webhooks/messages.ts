import type { Json } from '@textloom/core'
import { iso } from '../hot/recordset.ts'
import type { Sql } from '../sql.ts'

/** One try to tell a webhook. Times are epoch milliseconds. */
export interface WebhookAttempt {
  readonly at: number
  /** What was answered; absent where nothing was. */
  readonly status?: number
  readonly error?: string
  readonly tookMs: number
}

/** What is told to a webhook, as lists show it. */
export interface WebhookMessage {
  /** Its `webhook-id`: the same on every attempt. */
  readonly id: string
  /** Counts up as things happen; the cursor of lists. */
  readonly sequence: number
  readonly payload: Json
  readonly state: 'queued' | 'sending' | 'done' | 'failed' | 'cancelled'
  readonly createdAt: Date
  readonly dueAt: Date
  readonly attempts: { readonly [at: string]: WebhookAttempt }
}

const columns = `id, -rev as sequence, payload, state, created_at as "createdAt", due_at as "dueAt", receipts as attempts`

/** The newest first. */
export async function listWebhookMessages(
  sql: Sql,
  webhook: string,
  page: { readonly before: number | undefined; readonly limit: number; readonly states: readonly string[] },
): Promise<readonly WebhookMessage[]> {
  const rows = await sql.query<WebhookMessage & Record<string, unknown>>(
    `select ${columns} from outbox
     where webhook = $1::uuid and rev > $2::bigint and state = any(array(select json_array_elements_text($3::json)))
     order by rev limit $4::int`,
    [
      webhook,
      page.before === undefined ? '-9223372036854775808' : -page.before,
      JSON.stringify(page.states),
      page.limit,
    ],
  )
  return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }))
}

export async function findWebhookMessage(sql: Sql, webhook: string, id: string): Promise<WebhookMessage | undefined> {
  const [row] = await sql.query<WebhookMessage & Record<string, unknown>>(
    `select ${columns} from outbox where webhook = $1::uuid and id = $2::uuid`,
    [webhook, id],
  )
  return row && { ...row, sequence: Number(row.sequence) }
}

/** Writes down an attempt; with a `state` it was the last one. */
export async function noteAttempt(
  sql: Sql,
  webhook: string,
  id: string,
  attempt: WebhookAttempt,
  state?: 'done' | 'failed',
): Promise<void> {
  await sql.query(
    `update outbox set receipts = receipts || json_build_object($3::text, $4::json)::jsonb, state = coalesce($5::text, state),
       sent_at = case when $5::text = 'done' then $6::timestamptz else sent_at end
     where webhook = $1::uuid and id = $2::uuid`,
    [webhook, id, String(attempt.at), JSON.stringify(attempt), state ?? null, iso(attempt.at)],
  )
}

/** Ends what is not to be tried: its webhook is disabled. */
export async function giveUp(sql: Sql, webhook: string, id: string): Promise<void> {
  await sql.query("update outbox set state = 'cancelled' where webhook = $1::uuid and id = $2::uuid", [webhook, id])
}

/** Tells it again from the beginning, under the same id. False if it is on its way already. */
export async function replay(sql: Sql, webhook: string, id: string, now: number): Promise<boolean> {
  const rows = await sql.query(
    `update outbox set state = 'queued', attempt = 0, due_at = $3::timestamptz, error = null
     where webhook = $1::uuid and id = $2::uuid and state in ('done', 'failed', 'cancelled') returning 1`,
    [webhook, id, iso(now)],
  )
  return rows.length > 0
}

/** Something to try a webhook with. */
export async function tellTest(sql: Sql, webhook: string, now: number): Promise<string> {
  const [row] = await sql.query<{ id: string }>(
    `insert into outbox (bucket, channel, phone, rev, n, id, kind, phone_hash, source, segments, priority, payload, topic,
       is_consent, state, created_at, due_at, webhook)
     values (bucket_of('', ''), '', '', -nextval('webhook_message'), 0, gen_random_uuid(), 'webhook', (random() * 2147483647)::int, 'api', 1, 5,
       json_build_object('webhook', $1::text, 'type', 'webhook.test', 'at', $2::timestamptz, 'data', json_build_object()), '', false, 'queued',
       $2::timestamptz, $2::timestamptz, $1::uuid)
     returning id`,
    [webhook, iso(now)],
  )
  return row?.id ?? ''
}

/** With the webhook goes what it was to be told. */
export async function forgetWebhookMessages(sql: Sql, webhook: string): Promise<void> {
  await sql.query('delete from outbox where webhook = $1::uuid', [webhook])
}

/** What was told, or given up, before a time is not to be seen any more. */
export async function forgetToldWebhooks(sql: Sql, before: number): Promise<void> {
  await sql.query(
    `delete from outbox where webhook is not null and state in ('done', 'failed', 'cancelled') and created_at < $1::timestamptz`,
    [iso(before)],
  )
}
