import type { Clock } from '@textloom/core'
import type { ClaimedHttp, HttpRetry } from '../db/hot/http-outbox.ts'
import type { Sql } from '../db/sql.ts'
import type { HostCode } from './codes.ts'
import { type Deliveries, startDeliveries } from './deliveries.ts'
import { deliveryStoreOn } from './delivery-store.ts'
import { type GuardedFetch, OutgoingError } from './guarded-fetch.ts'
import { MailError, type Mailer } from './mailer.ts'
import type { RoutingTable } from './routing-table.ts'
import { recipientOf } from './services/recipient.ts'
import { Refusal } from './services/refusal.ts'
import type { Submit } from './submit.ts'
import { PRIORITY } from './turn/mt.ts'
import type { NoticePayload } from './turn/notify.ts'
import { untilStored } from './until-stored.ts'

export interface NotifierDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly owner: string
  readonly guarded: GuardedFetch
  /** Absent without `SMTP_URL`. */
  readonly mailer?: Mailer | undefined
  readonly routing: Pick<RoutingTable, 'current'>
  readonly submit: Submit
  failed(error: Error): void
}

/** Why a notice did not arrive. */
interface Miss {
  readonly code: Extract<HostCode, `notify/${string}`>
  readonly message: string
  readonly retry: 'later' | 'never'
}

/** So long after each attempt comes the next one; after the last, a notice is given up. */
const PAUSES_MS = [10_000, 60_000, 300_000, 1_800_000]
const WEBHOOK_MS = 15_000

/** Delivers what flows tell people of the organisation, outside any transaction and beside their sessions. */
export function startNotifier(deps: NotifierDeps): Deliveries {
  const { sql, clock, owner, submit, failed } = deps
  let isStopped = false

  async function deliver(row: ClaimedHttp): Promise<HttpRetry | undefined> {
    const { channel, phone, rev, n, id, runId, attempt } = row
    const key = { channel, phone, rev, n }
    const { by: way, node } = row.payload as unknown as NoticePayload
    const miss = await attemptOf(row, deps).catch((error: unknown): Miss => {
      failed(error instanceof Error ? error : new Error(String(error)))
      return { code: 'notify/unreachable', message: 'Something went wrong here.', retry: 'later' }
    })
    const error = miss && { code: miss.code, message: miss.message }
    const pauseMs = PAUSES_MS[attempt - 1]
    if (error !== undefined && miss?.retry === 'later' && pauseMs !== undefined) {
      return { ...key, dueAt: clock.now() + pauseMs, error }
    }
    const messageId = `notify:${id}`
    const event = {
      kind: 'notified',
      ...key,
      messageId,
      key,
      way,
      node,
      run: runId,
      attempt,
      error: error ?? null,
    } as const
    const { rev: _rev, n: _n, ...notified } = event
    await untilStored(() => submit(notified), { isStopped: () => isStopped, failed })
    return undefined
  }

  const deliveries = startDeliveries({ store: deliveryStoreOn(sql, 'notify'), clock, owner, deliver, failed })
  return {
    ...deliveries,
    async stop(graceMs) {
      await deliveries.stop(graceMs)
      isStopped = true
    },
  }
}

/** One attempt; undefined when the notice arrived. */
function attemptOf(row: ClaimedHttp, deps: NotifierDeps): Promise<Miss | undefined> {
  const notice = row.payload as unknown as NoticePayload
  switch (notice.by) {
    case 'webhook':
      return post(row, notice, deps)
    case 'email':
      return mail(row, notice, deps)
    case 'sms':
      return text(row, notice, deps)
  }
}

async function post(
  row: ClaimedHttp,
  notice: NoticePayload,
  { guarded, clock }: NotifierDeps,
): Promise<Miss | undefined> {
  const { id, channel, phone, runId: session } = row
  const { to: url, text, flow, node } = notice
  const at = new Date(clock.now()).toISOString()
  try {
    const { status } = await guarded.fetch({
      method: 'POST',
      url,
      headers: { 'user-agent': 'Textloom', 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify({ type: 'notify', id, at, text, channel, phone, session, flow, node }),
      timeoutMs: WEBHOOK_MS,
    })
    if (status >= 200 && status < 300) return undefined
    // RFC 9110 §15.5: of what is the client's fault, only too slow and too often may pass.
    const isFinal = status < 500 && status !== 408 && status !== 429
    return {
      code: isFinal ? 'notify/refused' : 'notify/unreachable',
      message: `The webhook answered ${status}.`,
      retry: isFinal ? 'never' : 'later',
    }
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    return error.kind === 'refused'
      ? { code: 'notify/bad-recipient', message: error.message, retry: 'never' }
      : { code: 'notify/unreachable', message: error.message, retry: 'later' }
  }
}

async function mail({ id }: ClaimedHttp, notice: NoticePayload, { mailer }: NotifierDeps): Promise<Miss | undefined> {
  if (mailer === undefined) return { code: 'notify/no-smtp', message: 'SMTP_URL is not set.', retry: 'never' }
  const { to, text, flowName, subject = flowName } = notice
  try {
    await mailer.send({ id, to, subject, text })
    return undefined
  } catch (error) {
    if (!(error instanceof MailError)) throw error
    const { message, retry } = error
    return { code: retry === 'never' ? 'notify/refused' : 'notify/unreachable', message, retry }
  }
}

async function text(row: ClaimedHttp, { to, text }: NoticePayload, deps: NotifierDeps): Promise<Miss | undefined> {
  const { routing, clock, submit } = deps
  try {
    const { route, phone } = recipientOf(routing.current, row.channel, to)
    const now = clock.now()
    const outcome = await submit({
      kind: 'send',
      channel: route.id,
      phone,
      messageId: `notify:${row.id}:sms`,
      // The id of the notice is that of its text: it is sent once.
      id: row.id,
      text,
      by: 'notify',
      priority: PRIORITY.notify,
      sendAt: now,
      expiresAt: now + route.validityMs,
      requestedAt: now,
    })
    if (outcome.status !== 'ignored') return undefined
    return { code: 'notify/opted-out', message: 'They replied STOP.', retry: 'never' }
  } catch (error) {
    if (error instanceof Refusal) return { code: 'notify/bad-recipient', message: error.message, retry: 'never' }
    return { code: 'notify/unreachable', message: 'The text could not be stored.', retry: 'later' }
  }
}
