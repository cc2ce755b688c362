import { expect, test } from 'vitest'
import { allGuards, type Guards } from './mutants.ts'
import { simulate } from './simulate.ts'
import { simulateMany } from './simulate-many.ts'

test('a seed brings back its history, line by line', async () => {
  const [one, again, other] = [await simulate(7), await simulate(7), await simulate(8)]
  expect(again.lines).toEqual(one.lines)
  expect(other.lines).not.toEqual(one.lines)
})

// A hundredth of `npm run soak -- --only simulation`.
test('whatever befalls processes, storage and network, the promises are kept', { timeout: 120_000 }, async () => {
  const report = await simulateMany({ first: 1, count: 100 })
  expect(report.wrong).toEqual([])
  // Much has to happen for that to mean anything.
  expect(report.received).toBeGreaterThan(1_000)
  expect(report.faults).toBeGreaterThan(300)
})

// Two owners of one link at once are rare: without fencing, one history in a hundred or so goes wrong. The search begins
// near one that does, and goes on for long enough when a change of the simulation has dealt the histories anew.
const firstSeed: Readonly<Record<keyof Guards, number>> = { acknowledgement: 1, dedupe: 1, rev: 1, fencing: 42 }

test.each(Object.keys(allGuards) as (keyof Guards)[])(
  'without its guard, %s is found wanting within 500 histories',
  { timeout: 240_000 },
  async (guard) => {
    const guards = { ...allGuards, [guard]: false }
    for (let seed = firstSeed[guard]; seed < firstSeed[guard] + 500; seed += 1) {
      if ((await simulate(seed, guards)).wrong.length > 0) return
    }
    expect.fail('No history showed that the guard is missing.')
  },
)
