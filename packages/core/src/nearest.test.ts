import { expect, test } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

test.each([
  ['txt', ['text', 'retries'], 'text'],
  ['Label', ['id', 'label'], 'label'],
  ['retryTxt', ['retries', 'retryText'], 'retryText'],
  ['positon', ['position', 'parentId'], 'position'],
  ['sya', ['stop', 'say'], 'say'],
  ['halt', ['wait', 'http'], undefined],
  ['xyz', ['text', 'retries'], undefined],
  ['ab', ['id'], undefined],
  ['', ['text'], undefined],
  ['a'.repeat(100_000), ['a'], undefined],
])('"%s" among %j means %s', (word, candidates, meant) => {
  expect(nearest(word, candidates)).toBe(meant)
})

test('the offer is a sentence, or nothing', () => {
  expect(didYouMean('txt', ['text'])).toBe(' Did you mean "text"?')
  expect(didYouMean('qqq', ['text'])).toBe('')
})
