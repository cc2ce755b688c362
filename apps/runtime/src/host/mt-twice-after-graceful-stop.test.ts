import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Sql, SqlParam } from '../db/sql.ts'
import { echoFlow } from './testing/flows.ts'
import { hostingOn, until } from './testing/hosting-kit.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+15550001'
const database = withDatabase()
/** Longer than everything else takes that a stop waits for. */
const LATE_MS = 1_500

test('an MT that was claimed while a stop began leaves and is settled, and does not leave again at the next start', async () => {
  const { sql, asked } = lateWithClaims(database().sql)
  const kit = await hostingOn(database().sql, { sql, flows: [echoFlow()] })
  await kit.says(anna, 'one')
  await until(asked)
  await kit.stop()

  expect(kit.sent.map(({ text }) => text)).toEqual(['1 one'])
  const rows = await database().sql.query('select state, possible_duplicate as twice from outbox')
  expect(rows).toEqual([{ state: 'sent', twice: false }])
})

/** A database whose answers that claim something come late. */
function lateWithClaims(real: Sql): { sql: Sql; asked: () => boolean } {
  let wasAsked = false
  const query = async <Row>(text: string, params?: readonly SqlParam[]): Promise<Row[]> => {
    const rows = await real.query<Row>(text, params)
    const [first] = rows as readonly { claimed?: unknown }[]
    if (first?.claimed) {
      wasAsked = true
      await setTimeout(LATE_MS)
    }
    return rows
  }
  return { sql: { ...real, query }, asked: () => wasAsked }
}
