import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hex, octets, unicodeText } from './testing/arbitraries.ts'
import { decodeUcs2, encodeUcs2 } from './ucs2.ts'

test.each([
  { text: '', encoded: '' },
  { text: 'Aж中', encoded: '004104364e2d' },
  { text: '😀', encoded: 'd83dde00' },
  { text: '\ufeffA', encoded: 'feff0041' },
  { text: '\u0000', encoded: '0000' },
])('"$text" is $encoded', ({ text, encoded }) => {
  expect(hex(encodeUcs2(text))).toBe(encoded)
  expect(decodeUcs2(octets(encoded))).toBe(text)
})

test('any well-formed text comes back', () => {
  fc.assert(
    fc.property(unicodeText, (text) => {
      expect(decodeUcs2(encodeUcs2(text))).toBe(text)
    }),
  )
})

test('a text longer than one call of fromCharCode takes comes back', () => {
  const text = `a${'😀'.repeat(70_000)}`
  expect(decodeUcs2(encodeUcs2(text))).toBe(text)
})

describe('half a surrogate pair becomes U+FFFD', () => {
  test.each([
    { text: 'a\ud83d', encoded: '0061fffd', name: 'a first half at the end' },
    { text: '\ude00a', encoded: 'fffd0061', name: 'a second half by itself' },
    { text: '\ude00\ud83d', encoded: 'fffdfffd', name: 'both halves the wrong way round' },
  ])('$name, when encoding', ({ text, encoded }) => {
    expect(hex(encodeUcs2(text))).toBe(encoded)
  })

  test('when decoding', () => {
    expect(decodeUcs2(octets('0061d83d'))).toBe('a\ufffd')
    expect(decodeUcs2(octets('de00d83d'))).toBe('\ufffd\ufffd')
  })
})

describe('an odd number of octets', () => {
  test('is refused with the place of the one too many', () => {
    expect(() => decodeUcs2(octets('004100'))).toThrow(
      'UCS-2 text has 3 octets, the one at offset 2 has no second half. ' +
        'The text may be cut short, or in another alphabet.',
    )
  })

  test('ends in U+FFFD when asked to replace', () => {
    expect(decodeUcs2(octets('004100'), { invalid: 'replace' })).toBe('A\ufffd')
    expect(decodeUcs2(octets('00'), { invalid: 'replace' })).toBe('\ufffd')
  })
})
