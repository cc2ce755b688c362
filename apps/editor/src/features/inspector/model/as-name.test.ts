import { nameSchema } from '@textloom/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asName, freeName } from './as-name.ts'

test.each([
  ['age', 'age'],
  ['first name', 'first_name'],
  ['Größe', 'Gro_e'],
  ['café-no.', 'cafe_no_'],
  ['2nd', 'nd'],
  ['', ''],
])('"%s" is written %s', (typed, name) => {
  expect(asName(typed)).toBe(name)
})

test('whatever is typed is a name or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
      const name = asName(typed)
      expect(name === '' || nameSchema.safeParse(name).success).toBe(true)
    }),
  )
})

test('a name that is taken gets a number', () => {
  expect(freeName('answer', new Set(['answer', 'answer_2']))).toBe('answer_3')
  expect(freeName('answer', new Set())).toBe('answer')
})
