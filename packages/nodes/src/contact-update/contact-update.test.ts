import type { JsonObject } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { fitsAs, isLanguage } from './fits.ts'
import { contactUpdate } from './index.ts'
import type { ContactUpdateData } from './schema.ts'

const variables = [
  { name: 'name', type: 'text' as const, default: ' Bo ' },
  { name: 'age', type: 'number' as const, default: 42 },
  { name: 'answers', type: 'json' as const, default: { a: [1] } },
  { name: 'nothing', type: 'text' as const },
]

function changesOf(data: ContactUpdateData): unknown[] {
  const session = sessionOn(contactUpdate, data as JsonObject, { variables })
  expect(session.leftBy).toBe('next')
  return session.effects.map((effect) => (effect.kind === 'contact' ? effect.change : effect))
}

describe('the contact changes', () => {
  test.each<{ data: ContactUpdateData; changes: unknown[] }>([
    { data: { name: '{{ vars.name }}', fields: [] }, changes: [{ name: 'Bo' }] },
    { data: { language: 'pt-BR', fields: [] }, changes: [{ language: 'pt-BR' }] },
    { data: { timezone: 'Europe/Budapest', fields: [] }, changes: [{ timezone: 'Europe/Budapest' }] },
    {
      data: {
        fields: [
          { field: 'age', value: '{{ vars.age }}' },
          { field: 'answers', value: '{{ vars.answers }}' },
          { field: 'greeting', value: 'Dear{{ vars.name }}!' },
        ],
      },
      changes: [
        { field: 'age', value: 42 },
        { field: 'answers', value: { a: [1] } },
        { field: 'greeting', value: 'Dear Bo !' },
      ],
    },
    { data: { fields: [{ field: 'city', value: '{{ vars.nothing }}' }] }, changes: [{ field: 'city', value: null }] },
    {
      data: { fields: [], clear: ['city', 'street'] },
      changes: [
        { field: 'city', value: null },
        { field: 'street', value: null },
      ],
    },
    {
      data: { name: 'Al', language: 'hu', timezone: 'UTC', fields: [{ field: 'vip', value: 'yes' }], clear: ['old'] },
      changes: [
        { name: 'Al' },
        { language: 'hu' },
        { timezone: 'UTC' },
        { field: 'vip', value: 'yes' },
        { field: 'old', value: null },
      ],
    },
    // A number is a name too.
    { data: { name: '{{ vars.age }}', fields: [] }, changes: [{ name: '42' }] },
  ])('by $data', ({ data, changes }) => {
    expect(changesOf(data)).toEqual(changes)
  })

  test.each<{ data: ContactUpdateData }>([
    { data: { name: '{{ vars.nothing }}', fields: [] } },
    { data: { language: '{{ vars.answers }}', fields: [] } },
    { data: { timezone: '{{ vars.name }}', fields: [] } },
  ])('not by $data, which comes to nothing fitting', ({ data }) => {
    expect(changesOf(data)).toEqual([])
  })

  test('one after the other, so that later values can use earlier ones', () => {
    const data = { name: 'Al', fields: [{ field: 'greeting', value: 'Dear {{ contact.name }}' }] }
    expect(changesOf(data)).toEqual([{ name: 'Al' }, { field: 'greeting', value: 'Dear Al' }])
  })
})

test.each<{ data: ContactUpdateData; issues: string[] }>([
  { data: { name: 'Bo', fields: [] }, issues: [] },
  { data: { fields: [] }, issues: ['contact-update/no-change at fields'] },
  { data: { name: ' ', fields: [] }, issues: ['contact-update/unfit-value at name'] },
  { data: { language: 'Hungarian', fields: [] }, issues: ['contact-update/unfit-value at language'] },
  { data: { timezone: 'Budapest', fields: [] }, issues: ['contact-update/unfit-value at timezone'] },
  { data: { timezone: '{{ vars.name }}', fields: [] }, issues: [] },
  {
    data: {
      fields: [
        { field: 'a', value: '1' },
        { field: 'a', value: '2' },
      ],
      clear: ['b', 'a'],
    },
    issues: ['contact-update/repeated-field at fields[1].field', 'contact-update/repeated-field at clear[1]'],
  },
])('$data has the issues $issues', ({ data, issues }) => {
  expect(contactUpdate.check?.(data).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test.each([
  { text: 'en', language: true },
  { text: 'pt-BR', language: true },
  { text: 'zh-Hant-TW', language: true },
  { text: 'english', language: false },
  { text: 'e', language: false },
  { text: 'en_US', language: false },
  { text: '', language: false },
])('"$text" is a language: $language', ({ text, language }) => {
  expect(isLanguage(text)).toBe(language)
})

test.each([
  { text: 'UTC', zone: true },
  { text: 'Asia/Jakarta', zone: true },
  { text: 'Mars/Base', zone: false },
  { text: '', zone: false },
])('"$text" is a time zone: $zone', ({ text, zone }) => {
  expect(fitsAs.timezone(text)).toBe(zone)
})

test('the card lists what changes', () => {
  expect(contactUpdate.describe({ name: 'Bo', fields: [{ field: 'a', value: '1' }], clear: ['b'] }).body).toBe(
    'name = Bo\na = 1\nb is cleared',
  )
  expect(contactUpdate.describe({ fields: [] }).body).toBe('No change yet')
})
