/**
 * A party on the wire as text: canonical `+digits` for international numbers, 3–8 bare digits for short codes,
 * anything else (alphanumeric senders, national numbers) as it came.
 */
export type Address = string

/** An inbound (mobile originated) text as the conversation sees it: decoded, joined, stored once. */
export interface Mo {
  /** Deterministic id that makes a redelivery recognisable, for example `mo:smsc-a:17:42`. */
  readonly id: string
  readonly channel: string
  readonly from: Address
  readonly to: Address
  readonly text: string
  /** When the host received it, epoch milliseconds. */
  readonly receivedAt: number
}

/** How far an MT has come; `unknown` when the network will never say. */
export type MtState = 'queued' | 'sending' | 'sent' | 'delivered' | 'failed' | 'expired' | 'unknown'

/** What a delivery receipt says about one segment. SMPP 3.4 §5.2.28 names the states. */
export type DlrState =
  | 'enroute'
  | 'accepted'
  | 'delivered'
  | 'expired'
  | 'deleted'
  | 'undeliverable'
  | 'rejected'
  | 'skipped'
  | 'unknown'

/** The states after which no further receipt changes the outcome of a segment. */
export const finalDlrStates: ReadonlySet<DlrState> = new Set<DlrState>([
  'delivered',
  'expired',
  'deleted',
  'undeliverable',
  'rejected',
])
