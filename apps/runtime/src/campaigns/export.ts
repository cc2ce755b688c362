import type { Sql } from '../db/sql.ts'
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
  // Without the mark Excel takes UTF-8 for the code page of its country.
  yield `\uFEFF${columns.join(',')}\r\n`
  for (let after: { phone: string; occurrence: string } | undefined; ; ) {
    const page = await listRecipients(sql, campaign, { after, limit: PAGE })
    if (page.length > 0) {
      yield page.map((row) => `${columns.map((name) => cellOf(row[name])).join(',')}\r\n`).join('')
    }
    if (page.length < PAGE) return
    after = page.at(-1)
  }
}

/**
 * A cell that no spreadsheet takes for a formula (OWASP, CSV injection): an apostrophe stands before what begins like
 * one. Phone numbers begin with + and are none.
 */
export function cellOf(value: string | boolean | Date | null): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  const text = String(value)
  const isHarmless = /^\+\d+$/.test(text) || !/^[\s\0]*[=+\-@\t\r＝＋－＠]/.test(text)
  const safe = isHarmless ? text : `'${text}`
  return /[",\r\n]/.test(safe) || !isHarmless ? `"${safe.replaceAll('"', '""')}"` : safe
}
