import { sessionOn } from '@textloom/engine/testing'
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

test('the session goes on when the time is up, and a text meanwhile changes nothing', () => {
  const session = sessionOn(wait, { duration: 'P30D' })
  expect(session.rest).toEqual({ node: 'wait', for: 'time', until: session.now + 30 * 86_400_000 })
  session.advance('P29D').hears('hello?')
  expect([session.leftBy, session.last?.ignored]).toEqual([undefined, 'not-waiting'])
  expect(session.advance('P1D').leftBy).toBe('next')
})

test('a wait of no time is over with the next turn of the clock', () => {
  expect(sessionOn(wait, { duration: 'PT0S' }).advance('PT0S').leftBy).toBe('next')
})
