import type { Clock } from '@textloom/core'
import { drizzleOver } from '../../db/drizzle.ts'
import type { ClaimedHttp, HttpRetry } from '../../db/hot/http-outbox.ts'
import type { Sql } from '../../db/sql.ts'
import { giveUp, noteAttempt, type WebhookAttempt } from '../../db/webhooks/messages.ts'
import { disableGone, findWebhook, type WebhookRow } from '../../db/webhooks/subscriptions.ts'
import type { SecretBox } from '../../settings/secret-box.ts'
import { type Deliveries, startDeliveries } from '../deliveries.ts'
import { deliveryStoreOn } from '../delivery-store.ts'
import { type GuardedFetch, OutgoingError } from '../guarded-fetch.ts'
import { type WebhookPayload, webhookBody } from './body.ts'
import { signatureHeaders } from './signature.ts'

export interface TellerDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly owner: string
  readonly guarded: GuardedFetch
  readonly box: SecretBox
  failed(error: Error): void
}

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
/** So long after each attempt comes the next: ten in all, over three days and more (Standard Webhooks 1.0). */
const PAUSES_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
const TIMEOUT_MS = 20 * SECOND
const LONGEST_PAUSE_MS = 24 * HOUR
const GONE = 410

/** Where a webhook's secrets are sealed. */
export function secretPlace(id: string): string {
  return `secret of webhook ${id}`
}

/** Tells webhooks what happened: each message as often as it takes, for three days, outside any transaction. */
export function startTeller(deps: TellerDeps): Deliveries {
  const { sql, clock, owner, failed } = deps
  return startDeliveries({
    store: deliveryStoreOn(sql, 'webhook'),
    clock,
    owner,
    failed,
    async deliver(row) {
      try {
        return await tell(row, deps)
      } catch (error) {
        failed(error instanceof Error ? error : new Error(String(error)))
        // What could not be stored is told again: the webhook knows it by its id.
        return retryOf(row, clock.now() + 30 * SECOND, 'webhook/not-recorded', 'Something went wrong here.')
      }
    },
  })
}

/** One attempt to tell a webhook; gives back when it is to be tried again. */
export async function tell(row: ClaimedHttp, deps: TellerDeps): Promise<HttpRetry | undefined> {
  const { sql, clock } = deps
  const db = drizzleOver(sql)
  const { webhook: id, ...payload } = row.payload as unknown as WebhookPayload & { readonly webhook: string }
  const webhook = await findWebhook(db, id)
  if (webhook === undefined) return undefined
  if (!webhook.isEnabled) {
    await giveUp(sql, id, row.id)
    return undefined
  }
  const { channel, phone, rev } = row
  const body = await webhookBody(sql, payload, { channel, phone, sequence: -rev })
  const { attempt, retryAfterMs } = await post(row.id, body, webhook, deps)
  if (attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300) {
    await noteAttempt(sql, id, row.id, attempt, 'done')
    return undefined
  }
  if (attempt.status === GONE) await disableGone(db, id, new Date(clock.now()))
  const pauseMs = attempt.status === GONE ? undefined : PAUSES_MS[row.attempt - 1]
  await noteAttempt(sql, id, row.id, attempt, pauseMs === undefined ? 'failed' : undefined)
  if (pauseMs === undefined) return undefined
  const waitMs = Math.min(Math.max(pauseMs, retryAfterMs ?? 0), LONGEST_PAUSE_MS)
  return retryOf(row, clock.now() + waitMs, 'webhook/not-taken', attempt.error ?? `It answered ${attempt.status}.`)
}

/** One attempt, whatever comes of it. A redirect is not followed, and no success. */
async function post(
  id: string,
  body: string,
  webhook: WebhookRow,
  { guarded, clock, box }: TellerDeps,
): Promise<{ readonly attempt: WebhookAttempt; readonly retryAfterMs?: number }> {
  const at = clock.now()
  const startedAtMs = performance.now()
  const took = () => Math.round(performance.now() - startedAtMs)
  try {
    const { status, retryAfter } = await guarded.fetch({
      method: 'POST',
      url: webhook.url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Textloom',
        ...signatureHeaders({ id, at, body }, secretsOf(webhook, box, at)),
      },
      body,
      timeoutMs: TIMEOUT_MS,
    })
    const seconds = Number(retryAfter)
    return {
      attempt: { at, status, tookMs: took() },
      ...(retryAfter !== undefined && seconds > 0 && { retryAfterMs: seconds * SECOND }),
    }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return { attempt: { at, error: error.message, tookMs: took() } }
  }
}

/** Two while one takes the place of the other. */
function secretsOf({ id, secret, previousSecret, previousUntil }: WebhookRow, box: SecretBox, now: number): string[] {
  const isOld = previousUntil === null || previousUntil.getTime() <= now
  return [secret, ...(previousSecret === null || isOld ? [] : [previousSecret])].map((sealed) =>
    box.open(sealed, secretPlace(id)),
  )
}

function retryOf({ channel, phone, rev, n }: ClaimedHttp, dueAt: number, code: string, message: string): HttpRetry {
  return { channel, phone, rev, n, dueAt, error: { code, message } }
}
