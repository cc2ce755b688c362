import { expect, test } from 'vitest'
import { lengthWords, people, percent, ruleWords } from './campaign-words.ts'

test.each([
  [0.4, '1 s'],
  [40, '40 s'],
  [720, '12 min'],
  [12_000, '3 h 20 min'],
  [7_200, '2 h'],
  [200_000, '2 days'],
])('%d seconds are %s', (seconds, words) => {
  expect(lengthWords(seconds)).toBe(words)
})

test.each([
  ['FREQ=DAILY', 'Every day'],
  ['FREQ=WEEKLY;BYDAY=MO,TH', 'Every Mon, Thu'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'On the last of each month'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', 'On day 15 of each month'],
  ['FREQ=DAILY;INTERVAL=3', 'FREQ=DAILY;INTERVAL=3'],
])('%s is "%s"', (rule, words) => {
  expect(ruleWords(rule)).toBe(words)
})

test.each([
  [0, 0, '–'],
  [1, 3, '33 %'],
  [1, 1_000, '<1 %'],
  [0, 5, '0 %'],
])('%d of %d is %s', (part, whole, words) => {
  expect(percent(part, whole)).toBe(words)
})

test.each([
  [1, '1 person'],
  [1_234, '1,234 people'],
])('%d: %s', (count, words) => {
  expect(people(count)).toBe(words)
})
