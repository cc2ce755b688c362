import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { storable, storableJson } from './border.ts'

test.each([
  { text: 'plain', kept: 'plain' },
  { text: 'a\0b', kept: 'a\uFFFDb' },
  { text: 'lone \uD83D high', kept: 'lone \uFFFD high' },
  { text: 'lone \uDE00 low', kept: 'lone \uFFFD low' },
  { text: 'a pair \u{1F600}', kept: 'a pair \u{1F600}' },
])('$text is stored as $kept', ({ text, kept }) => {
  expect(storable(text)).toBe(kept)
})

test('every text becomes one that PostgreSQL can hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const kept = storable(text)
      expect(kept.isWellFormed() && !kept.includes('\0')).toBe(true)
      expect(kept).toHaveLength(text.length)
    }),
  )
})

test('JSON is cleaned in its values and its keys, and otherwise left alone', () => {
  expect(storableJson({ 'k\0': ['a\uD800', 1, null, { deep: '\0' }] })).toEqual({
    'k\uFFFD': ['a\uFFFD', 1, null, { deep: '\uFFFD' }],
  })
  const clean = { text: 'já \u{1F600}' }
  expect(storableJson(clean)).toBe(clean)
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(storableJson(value))).not.toMatch(/(?<!\\)(?:\\\\)*\\u0000/)
    }),
  )
})
