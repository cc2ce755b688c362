import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Sql, SqlParam } from '../db/sql.ts'
import { talkativeFlow } from './testing/flows.ts'
import { hostingOn, until } from './testing/hosting-kit.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+15550001'
const ben = '+15550002'
const database = withDatabase()
/** Longer than everything else takes that a stop waits for. */
const LATE_MS = 1_500

// The first MT of a turn is claimed as it is stored, the second one by a pass over the outbox.
test.each([
  { how: 'as it was stored', column: 'handed', texts: ['one'] },
  { how: 'by a pass', column: 'claimed', texts: ['one', 'two'] },
])('an MT that was claimed $how while a stop began leaves and is settled, and does not leave again', async (claim) => {
  const { sql, begin, asked } = lateWithClaims(database().sql, claim.column)
  const kit = await hostingOn(database().sql, { sql, flows: [talkativeFlow(claim.texts)] })
  const rows = () =>
    database().sql.query('select state, possible_duplicate as twice from outbox where phone = $1', [anna])
  // Once the link had something to do it hands over.
  await kit.says(ben, 'talk')
  await expect.poll(() => database().sql.query(`select 1 from outbox where state in ('queued', 'sending')`)).toEqual([])
  begin()
  const said = kit.says(anna, 'talk')
  await until(asked)
  await kit.stop()
  await said

  expect(await kit.heard(anna, claim.texts.length)).toEqual(claim.texts)
  // What left before the stop may have its receipt already.
  const hasLeft = { state: expect.stringMatching(/^(sent|delivered)$/), twice: false }
  expect(await rows()).toEqual(claim.texts.map(() => hasLeft))
})

/** A database whose answers that claim something come late. */
function lateWithClaims(real: Sql, column: string): { sql: Sql; begin(): void; asked: () => boolean } {
  let isLate = false
  let wasAsked = false
  const query = async <Row>(text: string, params?: readonly SqlParam[]): Promise<Row[]> => {
    const rows = await real.query<Row>(text, params)
    const [first] = rows as readonly { readonly [name: string]: unknown }[]
    if (isLate && first?.[column]) {
      wasAsked = true
      await setTimeout(LATE_MS)
    }
    return rows
  }
  const begin = () => {
    isLate = true
  }
  return { sql: { ...real, query }, begin, asked: () => wasAsked }
}
