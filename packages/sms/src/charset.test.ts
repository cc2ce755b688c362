import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Charset, decodeText, encodeText, fitsCharset, type ReadableCharset } from './charset.ts'
import { SmsError } from './errors.ts'
import { hex, octets, unicodeText } from './testing/arbitraries.ts'

const writable: readonly Charset[] = ['gsm7', 'ascii', 'latin1', 'ucs2']
const readable: readonly ReadableCharset[] = [...writable, 'iso-8859-5', 'iso-8859-8']

test.each([
  { charset: 'gsm7', text: 'é@€', encoded: '05001b65' },
  { charset: 'ascii', text: 'e@{', encoded: '65407b' },
  { charset: 'latin1', text: 'é@{', encoded: 'e9407b' },
  { charset: 'latin1', text: '\u0080\u009f', encoded: '809f' },
  { charset: 'ucs2', text: 'é😀', encoded: '00e9d83dde00' },
] as const)('$charset writes "$text" as $encoded and reads it back', ({ charset, text, encoded }) => {
  expect(hex(encodeText(text, charset))).toBe(encoded)
  expect(decodeText(octets(encoded), charset)).toBe(text)
})

test.each([
  { charset: 'iso-8859-5', encoded: 'bfe0d8d2d5e2', text: 'Привет' },
  { charset: 'iso-8859-8', encoded: 'f9ece5ed', text: 'שלום' },
] as const)('$charset reads $encoded as "$text"', ({ charset, encoded, text }) => {
  expect(decodeText(octets(encoded), charset)).toBe(text)
})

describe.each(writable)('%s', (charset) => {
  test('takes exactly the texts it says it takes, and gives them back', () => {
    fc.assert(
      fc.property(unicodeText, (text) => {
        if (fitsCharset(text, charset)) expect(decodeText(encodeText(text, charset), charset)).toBe(text)
        else expect(() => encodeText(text, charset)).toThrow(SmsError)
      }),
    )
  })
})

describe.each(readable)('%s', (charset) => {
  test('reads any octets as text or refuses them with the place', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300, size: 'max' }), (data) => {
        expect(decodeText(data, charset, { invalid: 'replace' }).length).toBeLessThanOrEqual(data.length)
        try {
          decodeText(data, charset)
        } catch (error) {
          expect(error).toBeInstanceOf(SmsError)
          if (error instanceof SmsError) expect(error.octetOffset).toBeLessThan(data.length)
        }
      }),
    )
  })
})

test('ASCII refuses an octet above 0x7F, or puts U+FFFD for it', () => {
  expect(() => decodeText(octets('41e9'), 'ascii')).toThrow(/0xE9 at offset 1 is not ASCII/)
  expect(decodeText(octets('41e942'), 'ascii', { invalid: 'replace' })).toBe('A\ufffdB')
})

test('Latin-1 says what does not fit', () => {
  expect(() => encodeText('10 €', 'latin1')).toThrow(
    '1 character does not fit Latin-1, the first is U+20AC at index 3. Send the text as UCS-2 or replace them.',
  )
})
