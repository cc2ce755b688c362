import { expect, test } from 'vitest'
import { wait } from './index.ts'
import { waitSchema } from './schema.ts'
import { inWords } from './words.ts'

test.each([
  ['PT0S', 'no time'],
  ['PT0.5S', '500 milliseconds'],
  ['PT1S', '1 second'],
  ['PT1.5S', '1.5 seconds'],
  ['PT90M', '1 hour 30 minutes'],
  ['PT24H', '1 day'],
  ['P7D', '7 days'],
  ['P2W', '2 weeks'],
  ['P10D', '10 days'],
  ['P1DT2H3M4S', '1 day 2 hours 3 minutes 4 seconds'],
])('%s is "%s"', (duration, words) => {
  expect(inWords(duration)).toBe(words)
  expect(wait.describe({ duration }).body).toBe(words)
})

test.each(['', '2h', 'P1M', '-PT1H', 'P', 'PT'])('the duration "%s" is refused', (duration) => {
  expect(waitSchema.safeParse({ duration }).success).toBe(false)
})
