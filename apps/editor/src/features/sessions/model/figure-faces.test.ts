import { expect, test } from 'vitest'
import { type Counted, figureFaces } from './figure-faces.ts'

const quiet: Counted = {
  responseTime: { count: 0, averageMs: null, p95Ms: null },
  conversations: { ended: 0, share: null },
  optOuts: 0,
}

test.each([
  { counted: undefined, values: ['—', '—', '—'], what: 'nothing is known' },
  { counted: quiet, values: ['—', '—', '—'], what: 'nothing happened' },
  {
    counted: { ...quiet, responseTime: { count: 3, averageMs: 62.3, p95Ms: 1_400 } },
    values: ['62 ms', '—', '0'],
    what: 'texts were answered',
  },
  {
    counted: { ...quiet, conversations: { ended: 1_200, share: 0.966 }, optOuts: 2 },
    values: ['—', '97 %', '2'],
    what: 'conversations ended',
  },
] satisfies { counted: Counted | undefined; values: string[]; what: string }[])(
  'when $what the figures are $values',
  ({ counted, values }) => {
    expect(figureFaces(counted).map(({ value }) => value)).toEqual(values)
  },
)

test('the slowest are told beside the average', () => {
  const [time] = figureFaces({ ...quiet, responseTime: { count: 3, averageMs: 62, p95Ms: 1_400 } })
  expect(time?.more).toBe('On average; 1.4 s for the slowest 1 in 20')
})
