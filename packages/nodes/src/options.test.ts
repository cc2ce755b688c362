import { describe, expect, test } from 'vitest'
import { clashesOf, type Option, optionsSchema, wordOf, wordsOfOptions } from './options.ts'

const option = (id: string, label: string, ...synonyms: string[]): Option => ({ id, label, synonyms })

describe('the words of options', () => {
  test.each([
    {
      when: 'labels and synonyms differ',
      options: [option('yes', 'Confirm', 'OK', 'Sí'), option('no', 'Cancel!')],
      words: { yes: ['confirm', 'ok', 'si', '1'], no: ['cancel', '2'] },
    },
    {
      when: 'labels are numbers, which beat places',
      options: [option('five', '5'), option('two', '2'), option('x', 'x')],
      words: { five: ['5', '1'], two: ['2'], x: ['x', '3'] },
    },
    {
      when: 'two options share a word, which the first has',
      options: [option('a', 'Sales', 'buy'), option('b', 'Shop', 'Buy')],
      words: { a: ['sales', 'buy', '1'], b: ['shop', '2'] },
    },
    {
      when: 'dashes tell options apart',
      options: [option('plus', 'A+'), option('minus', 'A-')],
      words: { plus: ['a+', '1'], minus: ['a-', '2'] },
    },
    { when: 'a label has no word', options: [option('what', '?!')], words: { what: ['1'] } },
  ])('when $when', ({ options, words }) => {
    expect(Object.fromEntries(wordsOfOptions([options]).map(({ id, words }) => [id, words]))).toEqual(words)
  })
})

test('words of every language pick an option, the author’s first', () => {
  const spanish = [option('yes', 'Sí', 'claro'), option('no', 'No', 'ok')]
  const found = wordsOfOptions([[option('yes', 'Yes', 'OK'), option('no', 'No')], spanish])
  expect(Object.fromEntries(found.map(({ id, words }) => [id, words]))).toEqual({
    yes: ['yes', 'ok', 'si', 'claro', '1'],
    no: ['no', '2'],
  })
})

test.each([
  ['2', '2'],
  ['2.', '2'],
  ['(2)', '2'],
  ['02', '2'],
  ['2️⃣', '2'],
  ['#2', '2'],
  ['0', '0'],
  ['-2', '-2'],
  [' ReSchedule!! ', 'reschedule'],
  ['two words.', 'two words'],
])('the reply "%s" says "%s"', (reply, word) => {
  expect(wordOf(reply)).toBe(word)
})

describe('clashing words', () => {
  test.each([
    { options: [option('a', 'Yes', 'y'), option('b', 'No', 'n')], clashes: [] },
    { options: [option('a', 'Yes', 'yes', 'YES!')], clashes: [] },
    { options: [option('a', '2'), option('b', '1')], clashes: [] },
    { options: [option('a', 'Café'), option('b', 'CAFE')], clashes: [{ word: 'cafe', path: '[1].label', with: 'a' }] },
    {
      options: [option('a', 'Sales', 'buy'), option('b', 'Shop', 'shop', 'Buy.')],
      clashes: [{ word: 'buy', path: '[1].synonyms[1]', with: 'a' }],
    },
    { options: [option('a', '!'), option('b', '?')], clashes: [] },
  ])('of $options are $clashes', ({ options, clashes }) => {
    expect(clashesOf(options).map((clash) => ({ ...clash, with: clash.with.id }))).toEqual(clashes)
  })
})

describe('a list of options is refused', () => {
  test.each([
    { when: 'an id holds a space', options: [option('a b', 'A')], path: [0, 'id'] },
    { when: 'a label is empty', options: [option('a', '')], path: [0, 'label'] },
    { when: 'a field is unknown', options: [{ ...option('a', 'A'), colour: 'red' }], path: [0] },
    { when: 'synonyms are missing', options: [{ id: 'a', label: 'A' }], path: [0, 'synonyms'] },
  ])('when $when', ({ options, path }) => {
    expect(optionsSchema.safeParse(options).error?.issues.map((issue) => issue.path)).toEqual([path])
  })
})
