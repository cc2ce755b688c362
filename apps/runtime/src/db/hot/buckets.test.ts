import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import { type HotStatement, lookups, passes, textOf } from '../../testing/hot-statements.ts'
import * as schema from '../schema/index.ts'

/*
 * The bucket is what rows could be spread over machines by (docs/decisions/0006-bucket-and-rev.md). So each row of a
 * conversation is asked for by its bucket, and what cannot be is named here with its reason.
 */

const ofConversations = Object.values(schema)
  .filter((table) => table instanceof PgTable)
  .map((table) => getTableConfig(table))
  .filter(({ columns }) => columns.some(({ name, notNull }) => name === 'bucket' && notNull))

const acrossBuckets: Readonly<Record<string, string>> = {
  settleAndClaim: 'a link sends what is due, whoever it is for',
  takeOverSlot: 'a link has phones of all buckets',
  unclaimMts: 'a link has phones of all buckets',
  lateMts: 'a link asks about what it sent, whoever it was for',
  expireWaiting: 'time is over for all alike',
  reroute: 'a channel has phones of all buckets',
  claimHttp: 'by the leases of all buckets that the process holds',
  'claimHttp of notices': 'by the leases of all buckets that the process holds',
}

const statements: readonly HotStatement[] = [...lookups, ...passes]

describe.each(statements)('$name', ({ name, call }) => {
  test('asks for rows of conversations by their bucket, or says why it does not', async () => {
    const text = await textOf(call)
    const without = ofConversations
      .flatMap(({ name: table }) => placesOf(table, text))
      .filter((place) => !place.hasBucket)
    expect(without.length > 0).toBe(name in acrossBuckets)
  })

  test('asks no clock where it overwrites a row', async () => {
    const updates = (await textOf(call)).match(/do update set[\s\S]*?(?:returning|$)/g) ?? []
    for (const update of updates) expect(update).not.toMatch(/now\(\)|clock_timestamp|nextval|random/)
  })
})

test('the bucket comes first in the key of every table of conversations', () => {
  const keys = ofConversations.flatMap(({ name, primaryKeys }) =>
    primaryKeys.map(({ columns }) => [name, columns[0]?.name]),
  )
  expect(keys.length).toBeGreaterThan(8)
  expect(keys).toEqual(keys.map(([name]) => [name, 'bucket']))
})

/** Each mention of a table, and whether its part of the statement names the bucket of the row that is meant. */
function placesOf(table: string, text: string): { readonly hasBucket: boolean }[] {
  const mentions = text.matchAll(
    new RegExp(`\\b(from|join|update|into|using) ${table}\\b(?: (?:as )?([a-z])\\b)?`, 'g'),
  )
  return [...mentions].map(({ index, 1: verb, 2: alias }) => {
    const part = partFrom(text.slice(index))
    if (verb === 'into') return { hasBucket: /^into \w+ \([^)]*\bbucket\b/.test(part) }
    const bucket = alias === undefined ? `(?:${table}\\.)?bucket` : `${alias}\\.bucket`
    return { hasBucket: new RegExp(`(?<![.\\w])${bucket} (?:=|in)`).test(part) }
  })
}

/** To the end of the parenthesis in which it stands. */
function partFrom(text: string): string {
  let depth = 0
  for (const [index, char] of [...text].entries()) {
    if (char === '(') depth++
    if (char === ')' && --depth < 0) return text.slice(0, index)
  }
  return text
}
