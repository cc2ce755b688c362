import type { Json } from '@textloom/core'
import type { Sql } from '../sql.ts'
import { outboxKeyColumns, outboxKeyRow } from './keys.ts'
import { butOnlyIf, iso, lookedUp, names, recordset } from './recordset.ts'
import type { OutboxKey } from './types.ts'

/** What leaves by other ways than links: HTTP requests of flows, their notices, and webhooks. Each has its partial index. */
export type OtherKind = 'http' | 'notify' | 'webhook'

/** An HTTP request of a flow that is to be made now. */
export interface ClaimedHttp extends OutboxKey {
  readonly id: string
  readonly runId: string | null
  /** What `HttpEffect` says. */
  readonly payload: Json
  /** 1 for the first. */
  readonly attempt: number
  readonly possibleDuplicate: boolean
}

/** A request that could not be made and will be tried again. */
export interface HttpRetry extends OutboxKey {
  readonly dueAt: number
  readonly error: { readonly code: string; readonly message: string }
}

const ofOutbox = Object.keys(outboxKeyColumns)

// Fenced by the bucket's lease: the row must still be claimed under the epoch that this owner holds.
const text = (kind: OtherKind) => `
with retried as (
  update outbox o set state = 'queued', due_at = x.due_at, error = x.error
  from ${recordset(1, 'x', { ...outboxKeyColumns, due_at: 'timestamptz', error: 'json' })}
  where ${lookedUp('o', 'x', ofOutbox)} and ${butOnlyIf(`o.kind = '${kind}' and o.state = 'sending' and o.epoch = (
    select epoch from lease where resource = 'bucket:' || x.bucket and owner = $2::text)`)}
),
front as materialized (
  select ${names(outboxKeyColumns)}, l.epoch as held
  from outbox o join lease l on l.resource = any (array['bucket:' || o.bucket]) and l.owner = $2::text
  where o.kind = '${kind}' and o.state = 'queued' and o.due_at <= $3::timestamptz
  order by o.due_at limit $4::int
)
update outbox o set state = 'sending', epoch = f.held, attempt = o.attempt + 1
from front f where ${lookedUp('o', 'f', ofOutbox)} and ${butOnlyIf(`o.state = 'queued'`)}
returning o.channel, o.phone, o.rev, o.n, o.id, o.run_id as "runId", o.payload, o.attempt,
  o.possible_duplicate as "possibleDuplicate"`

const texts = { http: text('http'), notify: text('notify'), webhook: text('webhook') }

/**
 * Claims the next HTTP requests, or notices, of the buckets that `owner` holds, after putting back those to be tried again.
 * Answers are settled by the STORE that handles them, not here.
 */
export function claimHttp(
  sql: Sql,
  request: {
    readonly owner: string
    readonly retries: readonly HttpRetry[]
    readonly limit: number
    readonly now: number
  },
  kind: OtherKind = 'http',
): Promise<ClaimedHttp[]> {
  const { owner, retries, limit, now } = request
  const list = retries.map((retry) => ({ ...outboxKeyRow(retry), due_at: iso(retry.dueAt), error: retry.error }))
  return sql.query<ClaimedHttp>(texts[kind], [JSON.stringify(list), owner, iso(now), limit])
}
