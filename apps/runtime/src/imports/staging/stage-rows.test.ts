import { describe, expect, test } from 'vitest'
import type { FieldDefinition } from '../../people/fields.ts'
import type { ImportRules, Mapping } from '../rules.ts'
import { guessMapping, looksLikeHeader } from './guess-mapping.ts'
import { readLanguage } from './read-language.ts'
import { readPhone } from './read-phone.ts'
import { stager } from './stage-rows.ts'

test.each([
  { cell: '+36301234567', phone: '+36301234567' },
  { cell: '06 30 123 4567', phone: '+36301234567' },
  { cell: '0036-30-123-4567', phone: '+36301234567' },
  { cell: '+36 (0)30/123-4567', phone: '+36301234567' },
  { cell: '36301234567', phone: '+36301234567' },
  { cell: '301234567', phone: '+36301234567' },
  { cell: '(30) 123.45.67', phone: '+36301234567' },
  { cell: '＋３６３０１２３４５６７', phone: '+36301234567' },
  { cell: "'+36301234567", phone: '+36301234567' },
  { cell: 'tel:+36-30-123-4567', phone: '+36301234567' },
  { cell: '\u202A+36 30 123 4567\u202C', phone: '+36301234567' },
  { cell: '436641234567', phone: '+436641234567' },
  { cell: '4915112345678', country: 'DE', phone: '+4915112345678' },
  { cell: '20123456', country: 'DK', phone: '+4520123456' },
  { cell: '4040', phone: '4040' },
  { cell: '36301234567', country: null, phone: '+36301234567' },
])('$cell is $phone', ({ cell, phone, country = 'HU' }) => {
  expect(readPhone(cell, country)).toEqual({ phone, isShort: !phone.startsWith('+') })
})

test.each([
  { cell: '', says: 'no phone number' },
  { cell: '3.63012E+10', says: 'shortened by a spreadsheet' },
  { cell: 'Anna', says: '"Anna" is no phone number' },
  { cell: '06301234567, 06201234567', says: 'is no phone number' },
  { cell: '+3630', says: 'too few or too many digits' },
  { cell: '+999123456789', says: 'begins with no country' },
  { cell: '06301234567', country: null, says: 'of which country' },
  { cell: '0630123456789012', says: 'no phone number of HU' },
])('"$cell" is refused', ({ cell, says, country = 'HU' }) => {
  expect(readPhone(cell, country)).toMatchObject({ problem: expect.stringContaining(says) })
})

test.each([
  ['hu', 'hu'],
  ['HU', 'hu'],
  ['pt_br', 'pt-BR'],
  ['Hungarian', 'hu'],
  ['magyar', 'hu'],
  ['Deutsch', 'de'],
  ['Klingonish', undefined],
  ['xx', undefined],
])('%s is the language %s', (text, tag) => {
  expect(readLanguage(text)).toBe(tag)
})

const field = (key: string, type: FieldDefinition['type'], choices: string[] = []): FieldDefinition => ({
  key,
  title: key.toUpperCase(),
  type,
  choices,
})
const fields = [
  field('born', 'date'),
  field('size', 'choice', ['S', 'M']),
  field('sum', 'number'),
  field('vip', 'yes-no'),
]
const rules: ImportRules = {
  only: null,
  country: 'HU',
  dates: 'dmy',
  empty: 'keep',
  groups: [],
  makeGroups: true,
  consent: null,
}
const groups = [
  { id: 'vip', title: 'Our best', isByQuery: false },
  { id: 'locals', title: 'Locals', isByQuery: true },
]

function staged(mapping: Mapping, cells: readonly string[], more: Partial<ImportRules> = {}) {
  return stager({ mapping, rules: { ...rules, ...more }, fields, groups }).stage({ n: 2, cells })
}

describe('a row', () => {
  test('becomes what is to be known of a contact', () => {
    const mapping: Mapping = [
      'name',
      'name',
      'phone',
      'language',
      'timezone',
      'field:born',
      'field:sum',
      'field:vip',
      null,
    ]
    const cells = [
      'Kiss',
      'Anna',
      '06301234567',
      'Hungarian',
      'europe/budapest',
      '5.3.2026 9:30',
      '1 234,5',
      'igen',
      'x',
    ]
    expect(staged(mapping, cells)).toEqual({
      n: 2,
      phone: '+36301234567',
      isShort: false,
      draft: {
        name: 'Kiss Anna',
        language: 'hu',
        timezone: 'Europe/Budapest',
        'field:born': '2026-03-05T09:30',
        'field:sum': 1234.5,
        'field:vip': true,
      },
    })
  })

  test.each([
    { dates: 'dmy', cell: '03/04/2026', value: '2026-04-03' },
    { dates: 'mdy', cell: '03/04/2026', value: '2026-03-04' },
    { dates: 'mdy', cell: '2026. 03. 05.', value: '2026-03-05' },
    { dates: 'dmy', cell: '2026-03-05T09:30', value: '2026-03-05T09:30' },
  ] as const)('has $cell for the date $value by $dates', ({ dates, cell, value }) => {
    expect(staged(['phone', 'field:born'], ['+36301234567', cell], { dates })).toMatchObject({
      draft: { 'field:born': value },
    })
  })

  test('clears what is empty only when it is told to', () => {
    const mapping: Mapping = ['phone', 'name', 'field:size', 'groups']
    expect(staged(mapping, ['+36301234567', '', '', ''])).toMatchObject({ draft: {} })
    expect(staged(mapping, ['+36301234567'], { empty: 'clear' })).toMatchObject({
      draft: { name: null, 'field:size': null },
    })
  })

  test('joins groups by id and title, and names those to be made', () => {
    const one = stager({ mapping: ['phone', 'groups'], rules: { ...rules, groups: ['autumn'] }, fields, groups })
    expect(one.stage({ n: 2, cells: ['+36301234567', 'our best; Újak 2026, VIP'] })).toMatchObject({
      draft: { 'group:autumn': true, 'group:vip': true, 'group:ujak-2026': true },
    })
    expect(one.missingGroups()).toEqual([{ id: 'ujak-2026', title: 'Újak 2026' }])
  })

  test.each([
    { mapping: ['phone', 'language'], cells: ['+36301234567', 'Klingonish'], problem: 'language' },
    { mapping: ['phone', 'timezone'], cells: ['+36301234567', 'Mars/Olympus'], problem: 'timezone' },
    { mapping: ['phone', 'field:size'], cells: ['+36301234567', 'XXL'], problem: 'field:size' },
    { mapping: ['phone', 'field:born'], cells: ['+36301234567', '31.02.2026'], problem: 'field:born' },
    { mapping: ['phone', 'groups'], cells: ['+36301234567', 'Locals'], problem: 'groups' },
    { mapping: ['phone', 'groups'], cells: ['+36301234567', '!?'], problem: 'groups' },
  ] as const)('is refused for its $problem', ({ mapping, cells, problem }) => {
    expect(staged(mapping, cells)).toEqual({ n: 2, problem, detail: expect.stringMatching(/\w+ .*\./), cells })
  })

  test('whose header is __proto__ harms nothing', () => {
    expect(staged(['phone', 'field:__proto__'], ['+36301234567', 'x'])).toMatchObject({ draft: {} })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('columns are guessed', () => {
  test.each([
    {
      names: ['Név', 'Telefonszám', 'Nyelv', 'Csoportok', 'SIZE', 'Kor'],
      mapping: ['name', 'phone', 'language', 'groups', 'field:size', null],
    },
    { names: ['First name', 'Last name', 'Mobile', 'Phone'], mapping: ['name', 'name', 'phone', null] },
    {
      names: ['A', 'B'],
      rows: [
        ['Anna', '0630 123 4567'],
        ['Béla', '+43 664 1234567'],
      ],
      mapping: [null, 'phone'],
    },
    { names: ['__proto__', 'constructor'], mapping: [null, null] },
  ])('$names', ({ names, rows = [], mapping }) => {
    expect(guessMapping(names, rows, { fields, country: 'HU' })).toEqual(mapping)
  })

  test.each([
    [['Name', 'Phone'], true],
    [['Anna', '+36301234567'], false],
    [['a', 'a'], false],
    [['Year', '2026'], false],
  ])('%j names columns: %s', (first, isHeader) => {
    expect(looksLikeHeader(first, 'HU')).toBe(isHeader)
  })
})
