import { overdueParts, storePart } from '../db/hot/parts.ts'
import type { Sql } from '../db/sql.ts'
import type { PartStore } from './parts.ts'

/** The statements about parts of long MOs. */
export function partStoreOn(sql: Sql): PartStore {
  return {
    store: (part, reuseAfterMs) => storePart(sql, part, reuseAfterMs),
    overdue: (request) => overdueParts(sql, request),
  }
}
