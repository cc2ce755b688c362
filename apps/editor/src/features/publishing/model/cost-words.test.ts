import { expect, test } from 'vitest'
import { costWords, languageName } from './cost-words.ts'

test.each([
  { least: 0, most: 0, words: 'nothing' },
  { least: 1, most: 1, words: '1 text' },
  { least: 3, most: 3, words: '3 texts' },
  { least: 2, most: 5, words: '2 to 5 texts' },
  { least: 0, most: 1, words: 'at most 1 text' },
])('from $least to $most segments: "$words"', ({ words, ...cost }) => expect(costWords(cost)).toBe(words))

test('languages have their names', () => {
  expect(['hu', 'pt-BR', 'xx'].map(languageName)).toEqual(['Hungarian', 'Brazilian Portuguese', 'xx'])
})
