import { settleAndClaim } from '../db/hot/settle-and-claim.ts'
import { unclaimMts } from '../db/hot/unclaim.ts'
import type { Sql } from '../db/sql.ts'
import type { OutboxStore } from './outbox.ts'

/** The hot statements, as senders call them. */
export function outboxStoreOn(sql: Sql): OutboxStore {
  return {
    settleAndClaim: (pass) => settleAndClaim(sql, pass),
    unclaim: (claims) => unclaimMts(sql, claims),
  }
}
