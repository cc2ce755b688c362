import { idleStarts } from '../db/hot/idle-starts.ts'
import { loadPendingStarts } from '../db/hot/pending-starts.ts'
import type { Sql } from '../db/sql.ts'
import type { StartQueueStore } from './start-queue.ts'

/** The statements about starts that wait. */
export function startQueueStoreOn(sql: Sql): StartQueueStore {
  return {
    load: (key) => loadPendingStarts(sql, key),
    idle: (request) => idleStarts(sql, request),
  }
}
