import { expect, test } from 'vitest'
import { gracefulStops } from '../chaos/bars/r24-graceful-stops.ts'

test('a SIGTERM under load ends in an unbind, within 10 s, with nothing lost and nothing twice', async () => {
  const { figures, violations, ledger } = await gracefulStops({ seed: 1, stops: 3 })
  expect(violations, `the ledger is ${ledger}`).toEqual([])
  expect(figures).toMatchObject({ lost: 0, sentAgain: 0 })
})
