import type { StartText } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { keyword } from './index.ts'
import matchCases from './match.cases.json' with { type: 'json' }
import { fits, fitsWithTypos, type KeywordMatch, scoreOf } from './match.ts'
import { previewKeyword } from './preview.ts'

const modes = ['exact', 'only', 'first', 'any'] as const

interface MatchCase {
  readonly language: string
  readonly keyword: string
  readonly text: string
  readonly fits: readonly string[]
  /** The ways that fit when typing errors are forgiven; as without when absent. */
  readonly typos?: readonly string[]
}

const cases: readonly MatchCase[] = matchCases

describe('a text fits a keyword', () => {
  test.each(cases)('$language: "$text" fits "$keyword" by $fits, with typos by $typos', (row) => {
    const { keyword, text, fits: expected, typos = expected } = row
    expect(modes.filter((mode) => fits(keyword, mode, text))).toEqual(expected)
    expect(modes.filter((mode) => fitsWithTypos(keyword, mode, text))).toEqual(typos)
  })

  test('in a table long and wide enough to be believed', () => {
    expect(cases.length).toBeGreaterThanOrEqual(300)
    expect(new Set(cases.map(({ language }) => language)).size).toBeGreaterThanOrEqual(30)
    expect(cases.filter(({ typos }) => typos !== undefined).length).toBeGreaterThanOrEqual(30)
    expect(cases.filter(({ fits }) => fits.length === 0).length).toBeGreaterThanOrEqual(60)
  })

  test('however it is composed', () => {
    for (const { keyword, text, fits: expected } of cases) {
      for (const form of ['NFC', 'NFD', 'NFKC'] as const) {
        const fitting = modes.filter((mode) => fits(keyword.normalize(form), mode, text.normalize('NFD')))
        expect([keyword, text, form, fitting]).toEqual([keyword, text, form, expected])
      }
    }
  })
})

describe('the score of a start', () => {
  const score = (data: Partial<KeywordMatch>, mo: StartText) =>
    scoreOf({ keywords: ['menu'], match: 'only', ...data }, mo)
  const menu = { text: 'menu' }

  test('is 0 when nothing fits', () => {
    expect(score({ keywords: ['a', 'b'], match: 'any' }, { text: 'c' })).toBe(0)
    expect(score({ keywords: [] }, menu)).toBe(0)
  })

  test('falls from exact over only and first to any', () => {
    expect(modes.map((match) => score({ match }, menu))).toEqual([404, 304, 204, 104])
  })

  test('prefers the longer keyword, but never over a stricter match', () => {
    const news = { text: 'stop news' }
    const first = { match: 'first' } as const
    expect(score({ ...first, keywords: ['STOP NEWS', 'STOP'] }, news)).toBeGreaterThan(
      score({ ...first, keywords: ['STOP'] }, news),
    )
    const long = 'word '.repeat(100)
    expect(score({ ...first, keywords: [long] }, { text: long })).toBeLessThan(
      score({ keywords: ['a'] }, { text: 'a' }),
    )
  })

  test('prefers every keyword as it is written to one with a slip, and that to a catch-all', () => {
    const slip = score({ keywords: ['menus'], match: 'exact', typos: true }, menu)
    expect(slip).toBeGreaterThan(1)
    expect(slip).toBeLessThan(score({ match: 'any' }, menu))
    expect(score({ keywords: ['menus'], match: 'exact' }, menu)).toBe(0)
  })

  test.each([
    { mo: { text: 'menu', channel: '4040' }, data: { channels: ['4040'] }, fits: true },
    { mo: { text: 'menu', channel: '5050' }, data: { channels: ['4040'] }, fits: false },
    { mo: menu, data: { channels: ['4040'] }, fits: true },
    { mo: { text: 'menu', groups: ['Staff'] }, data: { groups: ['staff', 'vip'] }, fits: true },
    { mo: { text: 'menu', groups: [] }, data: { groups: ['staff'] }, fits: false },
    { mo: menu, data: { groups: ['staff'] }, fits: true },
    { mo: { text: 'menu', groups: ['staff'] }, data: { exceptGroups: ['Staff'] }, fits: false },
    { mo: { text: 'menu', groups: ['vip'] }, data: { exceptGroups: ['Staff'] }, fits: true },
    { mo: { text: 'menu', groups: ['vip', 'staff'] }, data: { groups: ['vip'], exceptGroups: ['staff'] }, fits: false },
  ])('the text $mo fits $data: $fits', ({ mo, data, fits: expected }) => {
    expect(score(data, mo) > 0).toBe(expected)
  })

  test('is the higher the closer a start says whom it is for, and the priority comes before all', () => {
    const mo = { text: 'menu', channel: '4040', groups: ['vip'] }
    const closer = [
      {},
      { exceptGroups: ['staff'] },
      { groups: ['vip'] },
      { groups: ['vip'], exceptGroups: ['staff'] },
      { channels: ['4040'] },
      { channels: ['4040'], groups: ['vip'] },
      { channels: ['4040'], groups: ['vip'], exceptGroups: ['staff'] },
      { priority: 1 },
      { priority: 9 },
    ]
    const scores = closer.map((data) => score(data, mo))
    expect(scores).toEqual([...scores].sort((one, other) => one - other))
    expect(new Set(scores).size).toBe(closer.length)
  })
})

describe('the preview', () => {
  test('shows what would start the flow and what would not', () => {
    expect(previewKeyword({ keywords: ['BOOK'], match: 'first', typos: true })).toEqual([
      { text: 'BOOK', fits: 'yes' },
      { text: 'book', fits: 'yes' },
      { text: 'BOOK!', fits: 'yes' },
      { text: 'BOOK 2', fits: 'yes' },
      { text: 'OK BOOK', fits: 'no' },
      { text: 'BOOKs', fits: 'typo' },
      { text: 'BOK', fits: 'typo' },
      { text: 'BOOOK', fits: 'typo' },
    ])
  })

  test('tells of given texts', () => {
    expect(previewKeyword({ keywords: ['BOOK'], match: 'any' }, ['a book', 'bok'])).toEqual([
      { text: 'a book', fits: 'yes' },
      { text: 'bok', fits: 'no' },
    ])
  })

  test('has nothing to show of blank keywords, and forgives nothing unasked', () => {
    expect(previewKeyword({ keywords: [' ', '?'], match: 'any' })).toEqual([])
    expect(previewKeyword({ keywords: ['หยุด'], match: 'any' }).map(({ fits: fit }) => fit)).not.toContain('typo')
  })
})

test.each([
  { data: {}, policy: 'skip', card: 'A (only word)' },
  { data: { interrupts: false }, policy: 'skip', card: 'A (only word)' },
  { data: { interrupts: true }, policy: 'interrupt', card: 'A (only word)\nEnds another conversation' },
  { data: { whenBusy: 'interrupt' as const }, policy: 'interrupt', card: 'A (only word)\nEnds another conversation' },
  {
    data: { whenBusy: 'queue' as const, interrupts: true },
    policy: 'queue',
    card: 'A (only word)\nWaits for another conversation to end',
  },
  { data: { whenBusy: 'skip' as const, interrupts: true }, policy: 'skip', card: 'A (only word)' },
])('a keyword with $data meets a busy contact by $policy, and its card says so', ({ data, policy, card }) => {
  const whole = { keywords: ['A'], match: 'only' as const, ...data }
  expect(keyword.start?.whenBusy(whole)).toBe(policy)
  expect(keyword.describe(whole).body).toBe(card)
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
  { data: { groups: ['vip'], exceptGroups: ['VIP'] }, issues: ['keyword/nobody at exceptGroups'] },
  { data: { groups: ['vip', 'staff'], exceptGroups: ['VIP'] }, issues: [] },
  { data: { exceptGroups: ['vip'] }, issues: [] },
  { data: { typos: true }, issues: [] },
  { data: { typos: true, keywords: ['YES', 'A12345'] }, issues: ['keyword/nothing-to-forgive at typos'] },
  { data: { keywords: ['YES'] }, issues: [] },
])('a start with $data has the issues $issues', ({ data, issues }) => {
  const found = keyword.check?.({ keywords: ['BOOK'], match: 'first', ...data }) ?? []
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
