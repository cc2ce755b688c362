import type { Clock, JsonObject } from '@textloom/core'
import type { PendingStartWrite, SessionKey } from '../db/hot/types.ts'
import type { StartSource } from './incoming.ts'
import { startLoop } from './loop.ts'
import { type Pauses, realPauses } from './pauses.ts'
import { nameOf } from './session-cache.ts'
import type { Submit } from './submit.ts'

/** Begins the starts that waited for a running session to end. */
export interface StartQueue {
  /** The phone is free now. */
  freed(key: SessionKey): void
  stop(): Promise<void>
}

/** The database as it is asked about starts that wait. */
export interface StartQueueStore {
  /** Those of a phone, the oldest first. */
  load(key: SessionKey): Promise<readonly PendingStartWrite[]>
  /** Those whose phone is free although nobody began them, and those that lapsed. */
  idle(request: { readonly now: number; readonly limit: number }): Promise<readonly PendingStartWrite[]>
}

export interface StartQueueDeps {
  readonly store: StartQueueStore
  readonly clock: Clock
  readonly submit: Submit
  failed(error: Error): void
  readonly pauses?: Pauses
}

/** What was freed is begun at once; the scan finds what a process did not live to begin, and what lapsed. */
const SCAN_MS = 30_000
const MOST_AT_ONCE = 200

export function startStartQueue({ store, clock, submit, failed, pauses = realPauses }: StartQueueDeps): StartQueue {
  let free: SessionKey[] = []
  let scansAtMs = 0

  const loop = startLoop(
    async () => {
      const keys = free
      free = []
      try {
        for (const key of keys) await beginNext(await store.load(key))
      } catch (error) {
        free = [...keys, ...free]
        throw error
      }
      if (pauses.nowMs() >= scansAtMs) {
        const found = await store.idle({ now: clock.now(), limit: MOST_AT_ONCE })
        // What comes second must not be asked for when the first waits on: by then its session may be over.
        for (const starts of Map.groupBy(found, nameOf).values()) await beginNext(starts)
        scansAtMs = pauses.nowMs() + (found.length === MOST_AT_ONCE ? 0 : SCAN_MS)
      }
      return Math.max(0, scansAtMs - pauses.nowMs())
    },
    failed,
    pauses,
  )

  /** The first that can begin; those before it had lapsed or may not begin any more, and are gone. */
  async function beginNext(starts: readonly PendingStartWrite[]): Promise<void> {
    for (const start of starts) if ((await begin(start)).status !== 'ignored') return
  }

  function begin(start: PendingStartWrite) {
    const { channel, phone, id, flowId, params, source, node, text, message, requestedAt, expiresAt } = start
    return submit({
      kind: 'start',
      channel,
      phone,
      messageId: `queued:${id}`,
      runId: id,
      flowId,
      params: params as JsonObject,
      by: source as StartSource,
      ...(node !== null && { node }),
      ...(text !== null && { text }),
      ...(message !== null && { mo: message }),
      onBusy: 'queue',
      requestedAt,
      expiresAt,
      wasQueued: true,
    })
  }

  return {
    freed(key) {
      free.push(key)
      loop.wake()
    },
    stop: loop.stop,
  }
}
