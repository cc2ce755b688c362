import { claimHttp, type OtherKind } from '../db/hot/http-outbox.ts'
import { takeOverHttp } from '../db/hot/take-over.ts'
import { unclaimHttp } from '../db/hot/unclaim.ts'
import type { Sql } from '../db/sql.ts'
import type { DeliveryStore } from './deliveries.ts'

/** The hot statements about outbox rows that no link carries. */
export function deliveryStoreOn(sql: Sql, kind: OtherKind): DeliveryStore {
  return {
    claim: (request) => claimHttp(sql, request, kind),
    takeOver: (request) => takeOverHttp(sql, request, kind),
    unclaim: (claims) => unclaimHttp(sql, claims, kind),
  }
}
