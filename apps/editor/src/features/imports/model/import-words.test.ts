import { expect, test } from 'vitest'
import { problemWords, shareDone, sizeWords } from './import-words.ts'

test.each([
  [999, '999 bytes'],
  [1_240, '1.2 kB'],
  [48_700, '49 kB'],
  [3_200_000, '3.2 MB'],
  [50_000_000, '50 MB'],
])('%d octets are %s', (octets, words) => {
  expect(sizeWords(octets)).toBe(words)
})

test('problems name the field by its title', () => {
  const fields = [{ key: 'born', title: 'Birthday' }]
  expect(problemWords('field:born', fields)).toBe('a value that does not fit Birthday')
  expect(problemWords('phone', fields)).toBe('no usable phone number')
})

test('a share is known once the rows are', () => {
  expect(shareDone(50, 200)).toBe(25)
  expect(shareDone(50, undefined)).toBeUndefined()
})
