import { forgetReceipts, keepReceipts, matchReceipts, unsubmittedReceipts } from '../db/hot/receipts.ts'
import type { Sql } from '../db/sql.ts'
import type { ReceiptStore } from './receipts.ts'

/** The hot statements about receipts. */
export function receiptStoreOn(sql: Sql): ReceiptStore {
  return {
    match: (ids) => matchReceipts(sql, ids),
    keep: (receipts) => keepReceipts(sql, receipts),
    forget: (submitted) => forgetReceipts(sql, submitted),
    unsubmitted: (limit) => unsubmittedReceipts(sql, limit),
  }
}
