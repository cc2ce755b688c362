import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { split } from 'split-sms'
import { describe, expect, test } from 'vitest'
import { isGsm7, septetLength } from './gsm7.ts'
import { PART_CAPACITY, SINGLE_CAPACITY, segment, segmentCount } from './segments.ts'
import { gsm7Text, unicodeText } from './testing/arbitraries.ts'

const referenceBits = fc.constantFrom(8 as const, 16 as const)

describe('a text is cut', () => {
  test.each([
    { name: 'nothing', text: '', lengths: [0] },
    { name: '160 septets', text: 'a'.repeat(160), lengths: [160] },
    { name: '161 septets', text: 'a'.repeat(161), lengths: [153, 8] },
    { name: '306 septets', text: 'a'.repeat(306), lengths: [153, 153] },
    { name: '307 septets', text: 'a'.repeat(307), lengths: [153, 153, 1] },
    { name: '80 escape pairs', text: '€'.repeat(80), lengths: [160] },
    { name: '81 escape pairs', text: '€'.repeat(81), lengths: [152, 10] },
    { name: 'an escape pair over the 153rd septet', text: `${'a'.repeat(152)}€${'a'.repeat(10)}`, lengths: [152, 12] },
    {
      name: 'an escape pair before the 153rd septet',
      text: `${'a'.repeat(151)}€${'a'.repeat(10)}`,
      lengths: [153, 10],
    },
    { name: '70 units', text: 'ж'.repeat(70), lengths: [70] },
    { name: '71 units', text: 'ж'.repeat(71), lengths: [67, 4] },
    { name: '134 units', text: 'ж'.repeat(134), lengths: [67, 67] },
    { name: '135 units', text: 'ж'.repeat(135), lengths: [67, 67, 1] },
    { name: '35 surrogate pairs', text: '😀'.repeat(35), lengths: [70] },
    { name: '36 surrogate pairs', text: '😀'.repeat(36), lengths: [66, 6] },
    { name: 'a surrogate pair over the 67th unit', text: `${'ж'.repeat(66)}😀${'ж'.repeat(9)}`, lengths: [66, 11] },
    { name: 'a surrogate pair before the 67th unit', text: `${'ж'.repeat(65)}😀${'ж'.repeat(9)}`, lengths: [67, 9] },
    { name: 'a lone first half at the 67th unit', text: `${'ж'.repeat(66)}\ud83d${'ж'.repeat(9)}`, lengths: [67, 9] },
  ])('$name: $lengths', ({ text, lengths }) => {
    const { segments } = segment(text)
    expect(segments.map(({ lengthUnits }) => lengthUnits)).toEqual(lengths)
    expect(segments.map((part) => part.text).join('')).toBe(text)
  })

  test.each([
    { name: '161 septets', text: 'a'.repeat(161), lengths: [152, 9] },
    { name: '71 units', text: 'ж'.repeat(71), lengths: [66, 5] },
    { name: 'a surrogate pair over the 66th unit', text: `${'ж'.repeat(65)}😀${'ж'.repeat(9)}`, lengths: [65, 11] },
  ])('$name with a 16-bit reference: $lengths', ({ text, lengths }) => {
    expect(segment(text, { referenceBits: 16 }).segments.map(({ lengthUnits }) => lengthUnits)).toEqual(lengths)
  })

  test('as UCS-2 on request, then an escape pair is one unit', () => {
    expect(segment('€'.repeat(71), { encoding: 'ucs2' })).toMatchObject({
      encoding: 'ucs2',
      capacityUnits: 67,
      segments: [{ lengthUnits: 67 }, { lengthUnits: 4 }],
    })
  })
})

test('GSM 7-bit on request is refused to a text that does not fit', () => {
  expect(() => segment('Привет', { encoding: 'gsm7' })).toThrow(
    /6 characters do not fit GSM 7-bit, the first is U\+041F/,
  )
})

test('255 segments are cut, 256 are refused, both are counted', () => {
  expect(segment('a'.repeat(255 * 153)).segments).toHaveLength(255)
  expect(() => segment('a'.repeat(255 * 153 + 1))).toThrow(
    'The text needs 256 segments, one message has at most 255. Send it as several messages.',
  )
  expect(segmentCount('a'.repeat(255 * 153 + 1))).toBe(256)
})

describe('for any text', () => {
  const anyText = fc.oneof(
    gsm7Text,
    unicodeText,
    fc.string({ unit: fc.constantFrom('a', '€', '😀'), maxLength: 500, size: 'max' }),
  )

  test('the joined segments are the text, each with its own length and none beyond its capacity', () => {
    fc.assert(
      fc.property(anyText, referenceBits, (text, bits) => {
        const { encoding, segments, capacityUnits } = segment(text, { referenceBits: bits })
        expect(segments.map((part) => part.text).join('')).toBe(text)
        expect(encoding).toBe(isGsm7(text) ? 'gsm7' : 'ucs2')
        expect(capacityUnits).toBe(segments.length === 1 ? SINGLE_CAPACITY[encoding] : PART_CAPACITY[encoding][bits])
        for (const part of segments) {
          // septetLength of a part is undefined, and so unequal, if the part were no whole GSM 7-bit text.
          expect(part.lengthUnits).toBe(encoding === 'gsm7' ? septetLength(part.text) : part.text.length)
          expect(part.lengthUnits).toBeLessThanOrEqual(capacityUnits)
          expect(part.text.isWellFormed()).toBe(true)
        }
      }),
    )
  })

  test('no segment but the last has room for the first character of the next', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { encoding, segments, capacityUnits } = segment(text)
        segments.slice(0, -1).forEach(({ lengthUnits }, position) => {
          const next = String.fromCodePoint(segments[position + 1]?.text.codePointAt(0) ?? 0)
          const nextUnits = encoding === 'gsm7' ? (septetLength(next) ?? 0) : next.length
          expect(lengthUnits + nextUnits).toBeGreaterThan(capacityUnits)
        })
      }),
    )
  })

  test('segmentCount counts what segment cuts', () => {
    fc.assert(
      fc.property(anyText, referenceBits, (text, bits) => {
        expect(segmentCount(text, { referenceBits: bits })).toBe(segment(text, { referenceBits: bits }).segments.length)
      }),
    )
  })
})

describe('two other calculators agree', () => {
  const boundary = fc.string({ unit: fc.constantFrom('a', '€'), minLength: 60, maxLength: 170, size: 'max' })
  const ucs2Boundary = fc.string({ unit: fc.constantFrom('ж', '😀'), minLength: 55, maxLength: 145, size: 'max' })

  test('split-sms cuts at the same places', () => {
    fc.assert(
      fc.property(fc.oneof(gsm7Text, unicodeText, boundary, ucs2Boundary), (text) => {
        const other = split(text)
        const { encoding, segments } = segment(text)
        expect(other.characterSet).toBe(encoding === 'gsm7' ? 'GSM' : 'Unicode')
        expect(segments.map((part) => part.text)).toEqual(other.parts.map(({ content }) => content))
        const bytesPerUnit = encoding === 'gsm7' ? 1 : 2
        expect(segments.map(({ lengthUnits }) => lengthUnits * bytesPerUnit)).toEqual(
          other.parts.map(({ bytes }) => bytes),
        )
      }),
    )
  })

  // sms-segments-calculator keeps grapheme clusters whole, which may need more segments. 3GPP TS 23.040 §9.2.3.24.1
  // forbids only to split a UCS-2 character and an escape sequence, and the receiver joins the parts before it draws:
  // so the comparison is over texts in which every code point is a cluster.
  test('sms-segments-calculator counts the same where every code point stands alone', () => {
    const standalone = fc.string({
      unit: fc.constantFrom('a', 'é', '€', 'ж', '中', '😀', '\n'),
      maxLength: 400,
      size: 'max',
    })
    fc.assert(
      fc.property(fc.oneof(gsm7Text, standalone, boundary, ucs2Boundary), (text) => {
        const other = new SegmentedMessage(text)
        const { encoding, segments } = segment(text)
        expect(other.encodingName).toBe(encoding === 'gsm7' ? 'GSM-7' : 'UCS-2')
        expect(segments).toHaveLength(other.segmentsCount)
      }),
    )
  })
})
