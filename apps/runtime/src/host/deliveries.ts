import type { Clock } from '@textloom/core'
import { type ClaimedHttp, claimHttp, type HttpRetry, type OtherKind } from '../db/hot/http-outbox.ts'
import { takeOverHttp } from '../db/hot/take-over.ts'
import { unclaimHttp } from '../db/hot/unclaim.ts'
import type { Sql } from '../db/sql.ts'
import { startLoop } from './loop.ts'

export interface DeliveriesDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly owner: string
  readonly kind: OtherKind
  /** Delivers one row and sees to it that this is stored; gives back when it is to be tried again. Never rejects. */
  deliver(row: ClaimedHttp): Promise<HttpRetry | undefined>
  failed(error: Error): void
}

/** What delivers outbox rows that no link carries. */
export interface Deliveries {
  /** There may be something to deliver. */
  wake(): void
  /** Buckets became ours: what their owners before us left undone is done again. */
  tookOver(): void
  /** Begins no more, and waits at most `graceMs` for those under way; the others are done again later. */
  stop(graceMs: number): Promise<void>
}

const POLL_MS = 500
/** Slow servers take one place each; so many of them make the others wait. */
const MOST_AT_ONCE = 64

/** Delivers the outbox rows of one kind, outside any transaction: claims them, and hands back those to be tried again. */
export function startDeliveries({ sql, clock, owner, kind, deliver, failed }: DeliveriesDeps): Deliveries {
  const underWay = new Map<string, { readonly row: ClaimedHttp; readonly done: Promise<void> }>()
  let retries: HttpRetry[] = []
  let isInDoubt = false
  let hasTakenOver = false

  const loop = startLoop(async () => {
    if (hasTakenOver) {
      await takeOverHttp(sql, { owner, now: clock.now() }, kind)
      hasTakenOver = false
    }
    if (isInDoubt) {
      await unclaimHttp(sql, { owner, inFlight: [...underWay.values()].map(({ row }) => row) }, kind)
      isInDoubt = false
    }
    const limit = MOST_AT_ONCE - underWay.size
    if (limit <= 0) return POLL_MS
    isInDoubt = true
    const handedBack = retries
    const claimed = await claimHttp(sql, { owner, retries: handedBack, limit, now: clock.now() }, kind)
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
  }, failed)

  return {
    wake: loop.wake,
    tookOver() {
      hasTakenOver = true
      loop.wake()
    },
    async stop(graceMs) {
      await loop.stop()
      const all = Promise.allSettled([...underWay.values()].map(({ done }) => done))
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
    },
  }
}
