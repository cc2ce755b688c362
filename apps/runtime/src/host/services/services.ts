import type { Address, Ids, JsonObject, WhenBusy } from '@textloom/core'
import { storable, storableJson } from '../border.ts'
import type { Outcome, Requester } from '../incoming.ts'
import type { RoutingTable } from '../routing-table.ts'
import type { Submit } from '../submit.ts'
import { PRIORITY } from '../turn/mt.ts'
import { checkText } from './check-text.ts'
import { type ConsentReviews, consentReviews } from './consent-reviews.ts'
import { type DeadLetters, deadLetters } from './dead-letters.ts'
import { type FollowUp, type FollowUpDeps, followUpOn } from './follow-up.ts'
import { recipientOf } from './recipient.ts'
import { type RecordedOutcome, recordedOutcome } from './recorded-outcome.ts'
import { optedOut, Refusal } from './refusal.ts'
import { type Tickets, ticketServices } from './tickets.ts'
import { type TrackedLinks, trackedLinks } from './tracked-links.ts'

/** Names a request, so that making it twice does it once. */
export interface RequestName {
  readonly by: Requester
  /** Unique for everything that `by` ever asks for: an idempotency key with its owner, or a UUID. */
  readonly key: string
}

/** `POST /messages`. Times are epoch milliseconds. */
export interface SendMessage extends RequestName {
  readonly channel: string
  /** In any spelling. */
  readonly to: string
  readonly text: string
  /** Addresses of files that belong to it; links that carry text only send them behind it. */
  readonly files?: readonly string[]
  readonly from?: Address
  /** 0 goes first. */
  readonly priority?: number
  /** How long it may wait from `sendAt` on. */
  readonly validityMs?: number
  readonly sendAt?: number
}

/** `POST /sessions`. */
export interface StartSession extends RequestName {
  readonly flow: string
  readonly channel: string
  readonly to: string
  readonly params: JsonObject
  /** Default: what the start of the flow for this requester says, else `skip`. */
  readonly onBusy?: WhenBusy | undefined
  /** How long a queued start may wait. */
  readonly expiresInMs: number
}

/** What became of a start. `id` is the run's, also while it still waits. */
export type StartedSession =
  | { readonly id: string; readonly to: Address; readonly started: true }
  | { readonly id: string; readonly to: Address; readonly started: false; readonly reason: 'busy' | 'queued' }

/** What the API, campaigns and agents can ask for. All of it enters by `submit`, once for each request name. */
export interface Services extends ConsentReviews, DeadLetters, FollowUp, Tickets, TrackedLinks {
  /** @throws Refusal, StoreUnavailable */
  sendMessage(request: SendMessage): Promise<{ readonly id: string; readonly to: Address }>
  /** @throws Refusal, StoreUnavailable */
  startSession(request: StartSession): Promise<StartedSession>
  /** @throws Refusal `unknown-session` or `session-over`, StoreUnavailable */
  endSession(request: RequestName & { readonly id: string }): Promise<void>
}

export interface ServicesDeps extends FollowUpDeps {
  readonly ids: Ids
  readonly routing: RoutingTable
  readonly submit: Submit
}

export function servicesOn(deps: ServicesDeps): Services {
  const { sql, clock, ids, routing, submit } = deps
  return {
    ...deadLetters(deps),
    ...consentReviews(deps),
    ...followUpOn(deps),
    ...ticketServices(deps),
    ...trackedLinks(deps),
    async sendMessage({ by, key, channel, to, from, text: written, files = [], priority, validityMs, sendAt }) {
      const { route, phone } = recipientOf(routing.current, channel, to)
      const text = storable(written)
      checkText([text, ...files].join('\n'))
      const now = clock.now()
      const dueAt = Math.max(now, sendAt ?? now)
      const event = {
        kind: 'send',
        channel,
        phone,
        messageId: `${by}:${key}`,
        id: ids.next(),
        text,
        by,
        priority: priority ?? PRIORITY[by],
        sendAt: dueAt,
        expiresAt: dueAt + (validityMs ?? route.validityMs),
        requestedAt: now,
        ...(files.length > 0 && { files }),
        ...(from !== undefined && { from: storable(from) }),
      } as const
      const { outcome, id } = await settled(event, await submit(event), event.id)
      if (outcome.startsWith('ignored')) throw optedOut()
      return { id, to: phone }
    },

    async startSession({ by, key, flow, channel, to, params, onBusy, expiresInMs }) {
      const { phone } = recipientOf(routing.current, channel, to)
      if (routing.current.listening(channel, flow) === undefined) throw notPublished(flow)
      const requestedAt = clock.now()
      const event = {
        kind: 'start',
        channel,
        phone,
        messageId: `${by}:${key}`,
        runId: ids.next(),
        flowId: flow,
        params: storableJson(params),
        by,
        ...(onBusy !== undefined && { onBusy }),
        requestedAt,
        expiresAt: requestedAt + expiresInMs,
      } as const
      const { outcome, id } = await settled(event, await submit(event), event.runId)
      if (outcome === 'started') return { id, to: phone, started: true }
      if (outcome === 'waiting') return { id, to: phone, started: false, reason: 'queued' }
      if (outcome === 'ignored:opted-out') throw optedOut()
      if (outcome === 'ignored:no-flow') throw notPublished(flow)
      return { id, to: phone, started: false, reason: 'busy' }
    },

    async endSession({ by, key, id }) {
      const rows = await sql.query<{ channel: string; phone: string; ended_at: Date | null }>(
        'select channel, phone, ended_at from run where id = $1::uuid',
        [id],
      )
      const [run] = rows
      if (run === undefined) throw new Refusal('unknown-session', `There is no session ${id}.`)
      const over = new Refusal('session-over', `Session ${id} has ended already.`)
      if (run.ended_at !== null) throw over
      const { channel, phone } = run
      const messageId = `${by}:${key}`
      const outcome = await submit({ kind: 'end', channel, phone, messageId, runId: id, by, requestedAt: clock.now() })
      if (outcome.status === 'ignored') throw over
    },
  }

  /** What became of the request, now or when it was made for the first time. */
  async function settled(
    event: { readonly channel: string; readonly phone: string; readonly messageId: string },
    outcome: Outcome,
    id: string,
  ): Promise<RecordedOutcome & { readonly id: string }> {
    if (outcome.status !== 'duplicate') {
      const reason = 'reason' in outcome ? `:${outcome.reason}` : ''
      return { outcome: `${outcome.status}${reason}`, id }
    }
    const recorded = await recordedOutcome(sql, event)
    return { outcome: recorded?.outcome ?? 'duplicate', id: recorded?.id ?? id }
  }
}

function notPublished(flow: string): Refusal {
  return new Refusal('flow-not-published', `Flow "${flow}" is not published on any channel. Publish it first.`)
}
