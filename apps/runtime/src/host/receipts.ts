import type { Clock, DlrState, InboundDlr } from '@textloom/core'
import type { EarlyReceipts, KeptReceipt, MatchedSegment, ProviderId } from '../db/hot/receipts.ts'
import { storable } from './border.ts'
import { held } from './held.ts'
import { startLoop } from './loop.ts'
import { type Pauses, realPauses } from './pauses.ts'
import type { Submit } from './submit.ts'

/** Finds out which MT a receipt is about. */
export interface Receipts {
  /** Resolves once the receipt is recorded with its MT, or kept until its MT is known. @throws StoreUnavailable */
  receive(link: string, dlr: InboundDlr): Promise<void>
  /** Hands on receipts that came before the answers to their MTs. */
  submitEarly(early: readonly EarlyReceipts[]): Promise<void>
  /** Hands on what was matched but not handed on: by a process that died, or that could not store it. */
  submitLeftOver(): Promise<void>
  stop(): Promise<void>
}

/** The database as it is asked about receipts. */
export interface ReceiptStore {
  match(ids: readonly ProviderId[]): Promise<readonly (MatchedSegment | undefined)[]>
  keep(receipts: readonly KeptReceipt[]): Promise<readonly EarlyReceipts[]>
  forget(submitted: readonly EarlyReceipts[]): Promise<void>
  unsubmitted(limit: number): Promise<readonly EarlyReceipts[]>
}

export interface ReceiptsDeps {
  readonly store: ReceiptStore
  readonly clock: Clock
  readonly submit: Submit
  failed(error: Error): void
  readonly pauses?: Pauses
}

/** A receipt as it is kept while nobody knows its MT. */
interface KeptDlr {
  readonly state: DlrState
  readonly error?: string
  readonly at: number
}

const MOST_AT_ONCE = 500
/** The answer to a pass may be lost, or its receipts not be stored in time: by then nobody else knows of them. */
const LOOK_MS = 30_000

export function receiptsOn({ store, clock, submit, failed, pauses = realPauses }: ReceiptsDeps): Receipts {
  async function hand(
    link: string,
    providerId: string,
    to: MatchedSegment,
    { state, error, at }: KeptDlr,
  ): Promise<void> {
    const { channel, phone, rev, n, segment, message, run } = to
    await submit({
      kind: 'dlr',
      channel,
      phone,
      messageId: `dlr:${link}:${providerId}:${segment}:${state}`,
      link,
      key: { channel, phone, rev, n },
      segment,
      message,
      run,
      state,
      error: error ?? null,
      at,
    })
  }

  async function submitEarly(early: readonly EarlyReceipts[]): Promise<void> {
    for (const { link, providerId, receipts, ...segment } of early) {
      for (const receipt of receipts) await hand(link, providerId, segment, receipt as unknown as KeptDlr)
    }
    await held(() => store.forget(early), { pauses })
  }

  async function submitLeftOver(): Promise<void> {
    for (;;) {
      const early = await store.unsubmitted(MOST_AT_ONCE)
      await submitEarly(early)
      if (early.length < MOST_AT_ONCE) return
    }
  }

  let isFirst = true
  const loop = startLoop(
    async () => {
      // Whoever starts looks by itself, before anything else.
      if (!isFirst) await submitLeftOver()
      isFirst = false
      return LOOK_MS
    },
    failed,
    pauses,
  )

  const match = gathered((ids: readonly ProviderId[]) => held(() => store.match(ids), { pauses }))

  return {
    submitEarly,
    async receive(link, { providerId: id, state, error }) {
      const providerId = storable(id)
      const receipt: KeptDlr = { state, at: clock.now(), ...(error !== undefined && { error: storable(error) }) }
      const segment = await match({ link, providerId })
      if (segment !== undefined) return hand(link, providerId, segment, receipt)
      // The answer to the MT may be on its way, or settled since we looked: keeping says so.
      const kept = { link, providerId, receipt: { ...receipt }, at: receipt.at }
      await submitEarly(await held(() => store.keep([kept]), { pauses }))
    },
    submitLeftOver,
    stop: loop.stop,
  }
}

/** Asks for many at once what is asked for one by one: whatever is asked while an answer is awaited goes together. */
function gathered<Key, Value>(ask: (keys: readonly Key[]) => Promise<readonly Value[]>): (key: Key) => Promise<Value> {
  let waiting: { key: Key; settle: PromiseWithResolvers<Value> }[] = []
  let isAsking = false

  async function run(): Promise<void> {
    isAsking = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE)
      waiting = waiting.slice(batch.length)
      try {
        const values = await ask(batch.map(({ key }) => key))
        batch.forEach(({ settle }, index) => {
          settle.resolve(values[index] as Value)
        })
      } catch (error) {
        for (const { settle } of batch) settle.reject(error)
      }
    }
    isAsking = false
  }

  return (key) => {
    const settle = Promise.withResolvers<Value>()
    waiting.push({ key, settle })
    if (!isAsking) void run()
    return settle.promise
  }
}
