import type { Sql } from '../db/sql.ts'
import { csvLine, csvMark } from '../exports/csv-cell.ts'
import { listRecipients } from './recipients.ts'

const PAGE = 2_000

const columns = [
  'phone',
  'name',
  'occurrence',
  'variant',
  'state',
  'reason',
  'dueAt',
  'queuedAt',
  'sentAt',
  'deliveredAt',
  'repliedAt',
  'optedOutAt',
  'possibleDuplicate',
  'messageId',
] as const

/** The texts of a campaign as lines of a CSV file, a page at a time. */
export async function* exportLines(sql: Sql, campaign: string): AsyncGenerator<string, void> {
  yield csvMark + csvLine(columns)
  for (let after: { phone: string; occurrence: string } | undefined; ; ) {
    const page = await listRecipients(sql, campaign, { after, limit: PAGE })
    if (page.length > 0) {
      yield page.map((row) => csvLine(columns.map((name) => textOf(row[name])))).join('')
    }
    if (page.length < PAGE) return
    after = page.at(-1)
  }
}

function textOf(value: string | boolean | Date | null): string {
  if (value === null) return ''
  return value instanceof Date ? value.toISOString() : String(value)
}
