import type { Clock, DlrState, InboundDlr } from '@textloom/core'
import {
  type EarlyReceipts,
  forgetReceipts,
  keepReceipts,
  type MatchedSegment,
  matchReceipts,
  unsubmittedReceipts,
} from '../db/hot/receipts.ts'
import type { Sql } from '../db/sql.ts'
import { storable } from './border.ts'
import { held } from './held.ts'
import type { Submit } from './submit.ts'

/** Finds out which MT a receipt is about. */
export interface Receipts {
  /** Resolves once the receipt is recorded with its MT, or kept until its MT is known. @throws StoreUnavailable */
  receive(link: string, dlr: InboundDlr): Promise<void>
  /** Hands on receipts that came before the answers to their MTs. */
  submitEarly(early: readonly EarlyReceipts[]): Promise<void>
  /** Hands on what a process that died had matched but not handed on. */
  submitLeftOver(): Promise<void>
}

export interface ReceiptsDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly submit: Submit
}

/** A receipt as it is kept while nobody knows its MT. */
interface KeptDlr {
  readonly state: DlrState
  readonly error?: string
  readonly at: number
}

const MOST_AT_ONCE = 500

export function receiptsOn({ sql, clock, submit }: ReceiptsDeps): Receipts {
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
    await held(() => forgetReceipts(sql, early))
  }

  const match = gathered((ids: readonly { link: string; providerId: string }[]) => held(() => matchReceipts(sql, ids)))

  return {
    submitEarly,
    async receive(link, { providerId: id, state, error }) {
      const providerId = storable(id)
      const receipt: KeptDlr = { state, at: clock.now(), ...(error !== undefined && { error: storable(error) }) }
      const segment = await match({ link, providerId })
      if (segment !== undefined) return hand(link, providerId, segment, receipt)
      // The answer to the MT may be on its way, or settled since we looked: keeping says so.
      const kept = { link, providerId, receipt: { ...receipt }, at: receipt.at }
      await submitEarly(await held(() => keepReceipts(sql, [kept])))
    },
    async submitLeftOver() {
      for (;;) {
        const early = await unsubmittedReceipts(sql, MOST_AT_ONCE)
        await submitEarly(early)
        if (early.length < MOST_AT_ONCE) return
      }
    },
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
