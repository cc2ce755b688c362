import { expect, test } from 'vitest'
import { dueText, spanText } from './moment.ts'

test.each([
  { ms: 80.4, says: '80 ms' },
  { ms: 1_400, says: '1.4 s' },
  { ms: 2_000, says: '2 s' },
  { ms: 45_000, says: '45 s' },
  { ms: 3_900_000, says: '1 h 5 min' },
  { ms: 3_600_000, says: '1 h' },
  { ms: 90_061_000, says: '1 d 1 h' },
])('$ms ms is "$says"', ({ ms, says }) => {
  expect(spanText(ms)).toBe(says)
})

test.each([
  { inMs: -5_000, says: 'now' },
  { inMs: 900_000, says: 'in 15 min' },
  { inMs: 899_700, says: 'in 15 min' },
  { inMs: 509_000, says: 'in 8 min' },
  { inMs: 75_400, says: 'in 1 min 15 s' },
])('what is due $inMs ms from now is due "$says"', ({ inMs, says }) => {
  expect(dueText(1_000_000 + inMs, 1_000_000)).toBe(says)
})
