import { TransportError } from '@textloom/core'
import type { ClaimedMt, MtSettle } from '../db/hot/settle-and-claim.ts'
import type { EventData } from './event-kinds.ts'

/** What to do with an MT of which nobody can know whether it arrived: send it again, or hold it for a person. */
export type DoubtPolicy = 'resend' | 'hold'

const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 300_000

/** How an MT is settled that its link did not get rid of. */
export function settleRefusal(
  mt: ClaimedMt,
  error: unknown,
  { link, now, policy }: { readonly link: string; readonly now: number; readonly policy: DoubtPolicy },
): MtSettle {
  const { code, retry, inDoubt, message } = asTransportError(error)
  const { channel, phone, rev, n, id, attempt } = mt
  const settle = { channel, phone, rev, n, providerIds: [], sentAt: null, error: { code, message } }
  const end = (state: 'failed' | 'unknown'): MtSettle => {
    const data = { message: id, link, attempt, state, code } satisfies EventData['mt.failed']
    return { ...settle, state, dueAt: null, possibleDuplicate: inDoubt, event: { kind: 'mt.failed', data } }
  }
  if (retry === 'never') return end('failed')
  if (inDoubt && policy === 'hold') return end('unknown')
  // A throttled link goes slower as a whole: this MT is the next to leave, so that order is kept.
  const delayMs = retry === 'throttled' ? 0 : Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LONGEST_RETRY_MS)
  return { ...settle, state: 'queued', dueAt: now + delayMs, possibleDuplicate: inDoubt }
}

/** Receipts of texts whose time is over are on their way then. */
const ASK_AFTER_MS = 300_000

/** What a network said to an MT that it accepted, and what is still to be done about it. */
export interface Acceptance {
  readonly link: string
  readonly now: number
  readonly providerIds: readonly string[]
  /** Whether the network is asked when no receipt has come. */
  readonly asksLate: boolean
}

/** How an MT is settled that the network accepted. */
export function settleAcceptance(mt: ClaimedMt, { link, now, providerIds, asksLate }: Acceptance): MtSettle {
  const { channel, phone, rev, n, id, attempt, possibleDuplicate, expiresAt } = mt
  const data: EventData['mt.sent'] = { message: id, link, attempt, ...(possibleDuplicate && { possibleDuplicate }) }
  return {
    channel,
    phone,
    rev,
    n,
    state: 'sent',
    dueAt: null,
    providerIds,
    sentAt: now,
    ...(asksLate && expiresAt !== null && { askAt: expiresAt + ASK_AFTER_MS }),
    error: null,
    possibleDuplicate: false,
    event: { kind: 'mt.sent', data: { ...data } },
  }
}

/** A link that fails in a way it does not explain may do better later. */
function asTransportError(error: unknown): TransportError {
  if (error instanceof TransportError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new TransportError('runtime/send-failed', message, { retry: 'later', inDoubt: true, cause: error })
}
