import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { keyword } from './index.ts'
import { fits, scoreOf } from './match.ts'

describe('a text fits a keyword', () => {
  test.each([
    { keyword: 'BOOK', text: 'book', exact: true, only: true, first: true, any: true },
    { keyword: 'BOOK', text: ' Book!! ', exact: true, only: true, first: true, any: true },
    { keyword: 'BOOK', text: 'book a table', exact: false, only: false, first: true, any: true },
    { keyword: 'BOOK', text: 'I want to book', exact: false, only: false, first: false, any: true },
    { keyword: 'BOOK', text: 'booking', exact: false, only: false, first: false, any: false },
    { keyword: 'BOOK', text: 'notebook', exact: false, only: false, first: false, any: false },
    { keyword: 'sí', text: 'SI', exact: true, only: true, first: true, any: true },
    { keyword: 'two words', text: 'Two  words', exact: true, only: true, first: true, any: true },
    { keyword: 'two words', text: 'two-words?', exact: false, only: true, first: true, any: true },
    { keyword: 'two words', text: 'say two words now', exact: false, only: false, first: false, any: true },
    { keyword: 'two words', text: 'two other words', exact: false, only: false, first: false, any: false },
    { keyword: '?', text: '?', exact: true, only: true, first: true, any: true },
    { keyword: '?', text: 'what?', exact: false, only: false, first: false, any: false },
    { keyword: '👍', text: '👍🏽', exact: true, only: true, first: true, any: true },
    { keyword: 'हिन्दी', text: 'हिन्दी please', exact: false, only: false, first: true, any: true },
    { keyword: ' ', text: '', exact: false, only: false, first: false, any: false },
    { keyword: 'BOOK', text: '', exact: false, only: false, first: false, any: false },
  ])('"$text" fits "$keyword": exact $exact, only $only, first $first, any $any', ({ keyword, text, ...expected }) => {
    for (const match of ['exact', 'only', 'first', 'any'] as const) {
      expect([match, fits(keyword, match, text)]).toEqual([match, expected[match]])
    }
  })
})

describe('the score of a start', () => {
  const score = (match: 'exact' | 'only' | 'first' | 'any', keywords: string[], text: string) =>
    scoreOf({ keywords, match }, text)

  test('is 0 when nothing fits', () => {
    expect(score('any', ['a', 'b'], 'c')).toBe(0)
    expect(score('any', [], 'c')).toBe(0)
  })

  test('falls from exact over only and first to any', () => {
    const scores = (['exact', 'only', 'first', 'any'] as const).map((match) => score(match, ['menu'], 'menu'))
    expect(scores).toEqual([404, 304, 204, 104])
  })

  test('prefers the longer keyword, but never over a stricter match', () => {
    expect(score('first', ['STOP NEWS', 'STOP'], 'stop news')).toBeGreaterThan(score('first', ['STOP'], 'stop news'))
    const long = 'word '.repeat(100)
    expect(score('first', [long], long)).toBeLessThan(score('only', ['a'], 'a'))
  })
})

test('a keyword start interrupts only when it says so', () => {
  const data = { keywords: ['A'], match: 'only' as const }
  expect(keyword.start?.whenBusy(data)).toBe('skip')
  expect(keyword.start?.whenBusy({ ...data, interrupts: true })).toBe('interrupt')
})

test.each([
  { keywords: ['BOOK', 'RESERVE'], issues: [] },
  { keywords: [], issues: ['keyword/no-keywords at keywords'] },
  { keywords: ['BOOK', ' '], issues: ['keyword/blank-keyword at keywords[1]'] },
  { keywords: ['SI', 'sí'], issues: ['keyword/repeated-keyword at keywords[1]'] },
  { keywords: ['Help', 'help me', 'STOP!'], issues: [0, 2].map((at) => `keyword/reserved-word at keywords[${at}]`) },
])('the keywords $keywords have the issues $issues', ({ keywords, issues }) => {
  const found = keyword.check?.({ keywords, match: 'first' }) ?? []
  expect(found.map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test.each([
  { text: 'Book a table', leftBy: 'next' },
  { text: 'cancel', leftBy: undefined },
])('the text "$text" leaves by $leftBy', ({ text, leftBy }) => {
  const session = sessionOn(keyword, { keywords: ['BOOK'], match: 'first' }).hears(text)
  expect(session.leftBy).toBe(leftBy)
  expect(session.context?.reply.text).toBe(leftBy && text)
})
