import type { SavedTestResult } from '@textloom/engine'
import { expect, test } from 'vitest'
import type { TestRun } from '../../../worker/run-tests.ts'
import { checkWords, refusals, testWords } from './checks.ts'

const passes: SavedTestResult = { passed: true, path: [] }
const fails: SavedTestResult = { passed: false, path: [], failure: { step: 1, expected: '', got: '', transcript: [] } }
const ran = (results: Record<string, SavedTestResult>): TestRun => ({
  kind: 'ran',
  results: new Map(Object.entries(results)),
})

test.each([
  { run: undefined, tone: 'quiet', says: 'The saved tests are running…' },
  { run: ran({}), tone: 'quiet', says: 'No saved tests. Try it on the phone and keep a conversation as one.' },
  { run: ran({ a: passes }), tone: 'good', says: 'The saved test passes.' },
  { run: ran({ a: passes, b: passes }), tone: 'good', says: 'All 2 saved tests pass.' },
  { run: ran({ a: passes, b: fails }), tone: 'bad', says: '1 of 2 saved tests pass.' },
])('tests are said as "$says"', ({ run, tone, says }) => {
  expect(testWords(run)).toMatchObject({ tone, says })
})

test('a test that fails comes with what it wanted and what came', () => {
  expect(testWords(ran({ Happy: fails, Sad: passes }))?.failed).toEqual([{ name: 'Happy', failure: fails.failure }])
})

test('where the flow cannot be played its problems are enough', () => {
  expect(testWords({ kind: 'refused', issues: [] })).toBeUndefined()
})

test.each([
  [0, 'Nothing stands in the way.'],
  [1, '1 problem stands in the way.'],
  [3, '3 problems stand in the way.'],
])('%i problems: "%s"', (errors, says) => expect(checkWords(errors)).toBe(says))

test('only issues are taken out of a refusal', () => {
  const issue = { code: 'a/b', severity: 'error', kind: 'soundness', path: 'nodes[0]', message: 'No.' }
  expect(refusals([issue, null, 'x', { message: 'y' }])).toEqual([issue])
})
