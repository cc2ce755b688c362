import type { Clock } from '@textloom/core'
import { bucketOf } from '../db/bucket.ts'
import type { ClaimedHttp, HttpRetry } from '../db/hot/http-outbox.ts'
import type { OutboxKey } from '../db/hot/types.ts'
import { startLoop } from './loop.ts'
import { type Pauses, realPauses } from './pauses.ts'

/** The database as deliverers of one kind use it. */
export interface DeliveryStore {
  /** Claims the next of this owner's buckets, after putting back those to be tried again. */
  claim(request: {
    readonly owner: string
    readonly retries: readonly HttpRetry[]
    readonly limit: number
    readonly now: number
  }): Promise<readonly ClaimedHttp[]>
  /** Queues again what earlier owners of this owner's buckets left undone. */
  takeOver(request: { readonly owner: string; readonly now: number }): Promise<number>
  /** Queues again what was claimed and is not in flight. */
  unclaim(claims: { readonly owner: string; readonly inFlight: readonly OutboxKey[] }): Promise<number>
}

export interface DeliveriesDeps {
  readonly store: DeliveryStore
  readonly clock: Clock
  readonly owner: string
  /** Delivers one row and sees to it that this is stored; gives back when it is to be tried again. Never rejects. */
  deliver(row: ClaimedHttp): Promise<HttpRetry | undefined>
  failed(error: Error): void
  readonly pauses?: Pauses
}

/** What delivers outbox rows that no link carries. */
export interface Deliveries {
  /** There may be something to deliver. */
  wake(): void
  /** Buckets became ours: what their owners before us left undone is done again. */
  tookOver(): void
  /** Resolves when what is under way of this bucket is done, and after `graceMs` at the latest. */
  underWay(bucket: number, graceMs: number): Promise<void>
  /** Begins no more, and waits at most `graceMs` for those under way; the others are done again later. */
  stop(graceMs: number): Promise<void>
}

const POLL_MS = 500
/** Slow servers take one place each; so many of them make the others wait. A place costs little but a connection. */
const MOST_AT_ONCE = 500

/** Delivers the outbox rows of one kind, outside any transaction: claims them, and hands back those to be tried again. */
export function startDeliveries(deps: DeliveriesDeps): Deliveries {
  const { store, clock, owner, deliver, failed, pauses = realPauses } = deps
  const underWay = new Map<string, { readonly row: ClaimedHttp; readonly done: Promise<void> }>()
  let retries: HttpRetry[] = []
  let isInDoubt = false
  let hasTakenOver = false

  const loop = startLoop(
    async () => {
      if (hasTakenOver) {
        await store.takeOver({ owner, now: clock.now() })
        hasTakenOver = false
      }
      if (isInDoubt) {
        await store.unclaim({ owner, inFlight: [...underWay.values()].map(({ row }) => row) })
        isInDoubt = false
      }
      const limit = MOST_AT_ONCE - underWay.size
      if (limit <= 0) return POLL_MS
      isInDoubt = true
      const handedBack = retries
      const claimed = await store.claim({ owner, retries: handedBack, limit, now: clock.now() })
      retries = retries.slice(handedBack.length)
      isInDoubt = false
      for (const row of claimed) {
        const done = deliver(row).then((retry) => {
          if (retry !== undefined) retries = [...retries, retry]
          underWay.delete(row.id)
          loop.wake()
        })
        underWay.set(row.id, { row, done })
      }
      return POLL_MS
    },
    failed,
    pauses,
  )

  async function done(rows: readonly { readonly done: Promise<void> }[], graceMs: number): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const noLonger = pauses.after(graceMs, resolve)
    await Promise.race([Promise.allSettled(rows.map((row) => row.done)), late])
    noLonger()
  }

  return {
    wake: loop.wake,
    tookOver() {
      hasTakenOver = true
      loop.wake()
    },
    underWay: (bucket, graceMs) =>
      done(
        [...underWay.values()].filter(({ row }) => bucketOf(row.channel, row.phone) === bucket),
        graceMs,
      ),
    async stop(graceMs) {
      await loop.stop()
      await done([...underWay.values()], graceMs)
    },
  }
}
