import { expect, test } from 'vitest'
import { fuzzFrames } from './fuzz.ts'
import { fuzzedProtocols } from './protocols.ts'

// Some thousandths of `npm run soak`, which also looks at the memory.
test.each([
  { protocol: 'smpp', closed: 20, answered: 1_000 },
  { protocol: 'ucp', closed: 100, answered: 1_000 },
  { protocol: 'cimd2', closed: 10, answered: 1_000 },
  { protocol: 'at', closed: 0, answered: 1_000 },
  { protocol: 'tpdu', closed: 0, answered: 500 },
])(
  'no damage to what comes by $protocol stops its reader, or slows it down',
  async ({ protocol, closed, answered }) => {
    const target = fuzzedProtocols[protocol]
    if (target === undefined) throw new Error(`Nothing fuzzes ${protocol}.`)
    const fuzzed = await fuzzFrames(target, { count: 3_000, seed: 7 })
    expect(fuzzed.slowestMs).toBeLessThan(100)
    expect(fuzzed.closed).toBeGreaterThanOrEqual(closed)
    expect(fuzzed.answered).toBeGreaterThan(answered)
  },
)

test('every protocol takes part', () => {
  expect(Object.keys(fuzzedProtocols)).toEqual(['smpp', 'ucp', 'cimd2', 'at', 'tpdu'])
})
