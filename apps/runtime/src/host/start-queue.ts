import type { Clock, JsonObject } from '@textloom/core'
import { idleStarts } from '../db/hot/idle-starts.ts'
import { loadPendingStarts } from '../db/hot/pending-starts.ts'
import type { PendingStartWrite, SessionKey } from '../db/hot/types.ts'
import type { Sql } from '../db/sql.ts'
import type { StartSource } from './incoming.ts'
import { startLoop } from './loop.ts'
import type { Submit } from './submit.ts'

/** Begins the starts that waited for a running session to end. */
export interface StartQueue {
  /** The phone is free now. */
  freed(key: SessionKey): void
  stop(): Promise<void>
}

export interface StartQueueDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly submit: Submit
  failed(error: Error): void
}

/** What was freed is begun at once; the scan finds what a process did not live to begin, and what lapsed. */
const SCAN_MS = 30_000
const MOST_AT_ONCE = 200

export function startStartQueue({ sql, clock, submit, failed }: StartQueueDeps): StartQueue {
  let free: SessionKey[] = []
  let scansAtMs = 0

  const loop = startLoop(async () => {
    const keys = free
    free = []
    try {
      for (const key of keys) await beginNext(await loadPendingStarts(sql, key))
    } catch (error) {
      free = [...keys, ...free]
      throw error
    }
    if (performance.now() >= scansAtMs) {
      const found = await idleStarts(sql, { now: clock.now(), limit: MOST_AT_ONCE })
      for (const start of found) await beginNext([start])
      scansAtMs = performance.now() + (found.length === MOST_AT_ONCE ? 0 : SCAN_MS)
    }
    return Math.max(0, scansAtMs - performance.now())
  }, failed)

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
