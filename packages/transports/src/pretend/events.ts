import type { Address, DlrState } from '@textloom/core'

/** What happens at a pretend SMSC: the lines that `textloom smsc` prints. Times are epoch milliseconds. */
export type SmscEvent = { readonly at: number } & (
  | { readonly type: 'listening'; readonly port: number }
  | {
      readonly type: 'bound'
      readonly connection: number
      readonly mode: 'transmitter' | 'receiver' | 'transceiver'
      readonly systemId: string
    }
  | { readonly type: 'unbound'; readonly connection: number; readonly reason: string }
  /** An MO went out to an ESME; `attempt` counts from 1. */
  | { readonly type: 'mo-sent'; readonly mo: string; readonly attempt: number; readonly connection: number }
  /** The ESME took every part of it (ESME_ROK). */
  | {
      readonly type: 'mo-acknowledged'
      readonly mo: string
      readonly from: Address
      readonly to: Address
      readonly text: string
      readonly attempts: number
    }
  /** The ESME did not take it; `again` says whether it is sent once more. */
  | { readonly type: 'mo-refused'; readonly mo: string; readonly reason: string; readonly again: boolean }
  /** An MT is here with all its segments. */
  | ({ readonly type: 'mt'; readonly connection: number } & ReceivedMt)
  | { readonly type: 'submit-refused'; readonly connection: number; readonly status: string }
  | { readonly type: 'dlr-sent'; readonly id: string; readonly state: DlrState }
  /** An ESME took an MT back, by the id of one of its segments. */
  | { readonly type: 'mt-cancelled'; readonly connection: number; readonly id: string }
  /** A client put another text in the place of one that waited. */
  | { readonly type: 'mt-replaced'; readonly connection: number; readonly id: string; readonly text: string }
  | { readonly type: 'fault'; readonly fault: string }
  /** The handsets of one step have said everything: so many texts, of which so many got an MT and so many none in time. */
  | {
      readonly type: 'handsets'
      readonly count: number
      readonly said: number
      readonly replies: number
      readonly silences: number
    }
)

/** An MT as the phone would show it. */
export interface ReceivedMt {
  readonly from: Address
  readonly to: Address
  readonly text: string
  readonly segments: number
  /** The id that each segment's submit_sm_resp gave. */
  readonly ids: readonly string[]
}

/** An event without its time. */
export type SmscHappening = SmscEvent extends infer E ? (E extends SmscEvent ? Omit<E, 'at'> : never) : never
