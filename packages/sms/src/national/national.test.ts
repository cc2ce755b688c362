import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeGsm7, encodeGsm7, septetLength } from '../gsm7.ts'
import { segment } from '../segments.ts'
import { nationalAlphabet } from './alphabet.ts'
import { findNationalTables, nationalElements } from './elements.ts'
import { type NationalLanguage, nationalLanguages } from './languages.ts'
import { lockingTables } from './locking-tables.ts'
import { segmentNational } from './segment-national.ts'
import { singleShiftTables } from './single-shift-tables.ts'

const withLocking = nationalLanguages.filter((language) => lockingTables[language] !== undefined)

describe('national tables', () => {
  test('all languages but Spanish have both', () => {
    expect(nationalLanguages.filter((language) => !withLocking.includes(language))).toEqual(['spanish'])
  })

  test.each(nationalLanguages)('of %s have 128 places, each character once', (language) => {
    const locking = lockingTables[language]?.join('')
    const single = singleShiftTables[language].join('')
    expect(single).toHaveLength(128)
    // The tables of India and Pakistan have these two twice.
    const oddities = ['turkish', 'spanish', 'portuguese'].includes(language) ? [] : ['¡', '*']
    expect(repeated([...single].filter((character) => character !== ' '))).toEqual(oddities)
    if (locking === undefined) return
    expect(locking).toHaveLength(128)
    expect([locking[0x0a], locking[0x0d], locking[0x1b], locking[0x20]]).toEqual(['\n', '\r', '\u001b', ' '])
    expect(locking.slice(0x30, 0x3a)).toBe('0123456789')
    expect(repeated([...locking].filter((character) => character !== ' '))).toEqual([])
  })

  test.each(nationalLanguages)('of %s write and read each of their characters', (language) => {
    const alphabet = nationalAlphabet({ singleShift: language, lockingShift: language })
    const characters = [...(lockingTables[language] ?? []), ...singleShiftTables[language]]
      .join('')
      .replaceAll('\u001b', '')
    const septets = encodeGsm7(characters, alphabet)
    expect(decodeGsm7(septets, { alphabet })).toBe(characters)
  })

  // 3GPP TS 23.038 annex A: places one knows by heart from phones.
  test.each<[NationalLanguage, string, number[]]>([
    ['turkish', 'ğşİ', [0x1b, 0x67, 0x1b, 0x73, 0x1b, 0x49]],
    ['spanish', 'áÑ', [0x1b, 0x61, 0x5d]],
    ['portuguese', 'ãê', [0x1b, 0x7b, 0x1b, 0x05]],
  ])('%s by single shift alone writes %s', (language, text, septets) => {
    expect([...encodeGsm7(text, nationalAlphabet({ singleShift: language }))]).toEqual(septets)
  })

  test.each<[NationalLanguage, string, number[]]>([
    ['turkish', 'ğşİç', [0x0c, 0x1d, 0x40, 0x60]],
    ['portuguese', 'ãê', [0x7b, 0x04]],
    ['hindi', '\u0901\u0915', [0x00, 0x15]],
    ['bengali', '\u0981\u0995', [0x00, 0x15]],
    ['urdu', '\u0627\u0622', [0x00, 0x01]],
  ])('%s by locking shift alone writes %s', (language, text, septets) => {
    expect([...encodeGsm7(text, nationalAlphabet({ lockingShift: language }))]).toEqual(septets)
  })

  test('a code without a character shows what the basic table has in its place', () => {
    const alphabet = nationalAlphabet({ singleShift: 'turkish' })
    expect(decodeGsm7(Uint8Array.of(0x1b, 0x41), { alphabet })).toBe('A')
  })

  test('what is in both tables takes one septet', () => {
    expect(septetLength('€', nationalAlphabet({ lockingShift: 'portuguese' }))).toBe(1)
    expect(septetLength('€', nationalAlphabet({ singleShift: 'portuguese' }))).toBe(2)
  })
})

describe('announcing national tables', () => {
  test.each([
    [{ singleShift: 'turkish' }, [[0x24, 1]]],
    [{ lockingShift: 'urdu' }, [[0x25, 13]]],
    [
      { singleShift: 'hindi', lockingShift: 'hindi' },
      [
        [0x24, 6],
        [0x25, 6],
      ],
    ],
  ] as const)('%j', (tables, expected) => {
    const elements = nationalElements(tables)
    expect(elements.map(({ id, data }) => [id, ...data])).toEqual(expected)
    expect(findNationalTables(elements)).toEqual(tables)
  })

  test.each([
    ['a language that is reserved', [{ id: 0x24, data: Uint8Array.of(14) }]],
    ['language zero', [{ id: 0x24, data: Uint8Array.of(0) }]],
    ['two octets', [{ id: 0x25, data: Uint8Array.of(1, 1) }]],
    ['no octet', [{ id: 0x25, data: Uint8Array.of() }]],
    ['something else', [{ id: 0x00, data: Uint8Array.of(1, 2, 1) }]],
  ])('%s announces none', (_, elements) => {
    expect(findNationalTables(elements)).toBeUndefined()
  })
})

describe('segmentNational', () => {
  const turkish = (length: number) => 'Randevunuz yarın, lütfen doğrulayın. '.repeat(20).slice(0, length)

  test.each([
    ['plain text stays plain', 'Hello', undefined, 160, 1],
    ['a single shift saves a part', turkish(100), { singleShift: 'turkish' }, 155, 1],
    ['a locking shift where two septets each are too many', 'ğışİ'.repeat(35), { lockingShift: 'turkish' }, 155, 1],
    ['parts have room for the shift and the reference', turkish(260), { singleShift: 'turkish' }, 149, 2],
    ['both where one table has what the other lacks', `${'ğ'.repeat(140)}{}[]~^`, { lockingShift: 'turkish' }, 155, 1],
    ['UCS-2 where no table has it', 'ğ漢'.repeat(40), undefined, 67, 2],
    ['UCS-2 where a table saves nothing', 'doğru', undefined, 70, 1],
  ] as const)('%s', (_, text, national, capacityUnits, parts) => {
    const cut = segmentNational(text, { languages: ['turkish'] })
    expect(cut.national).toEqual(national)
    expect(cut.capacityUnits).toBe(capacityUnits)
    expect(cut.segments).toHaveLength(parts)
  })

  test('with both shifts and a 16-bit reference a part holds 145 septets', () => {
    const text = `${'\u0915'.repeat(150)}\u0958{`.repeat(2)
    const cut = segmentNational(text, { languages: ['hindi'], referenceBits: 16 })
    expect(cut.national).toEqual({ lockingShift: 'hindi', singleShift: 'hindi' })
    expect(cut.capacityUnits).toBe(145)
  })

  test('is never longer than without tables, and its parts are the text and fit', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abc ğşıİöç{}€ãõéका漢😀'), maxLength: 500 })
    fc.assert(
      fc.property(text, fc.subarray([...nationalLanguages]), (text, languages) => {
        const cut = segmentNational(text, { languages })
        expect(cut.segments.map((part) => part.text).join('')).toBe(text)
        expect(cut.segments.length).toBeLessThanOrEqual(segment(text).segments.length)
        for (const part of cut.segments) {
          expect(part.lengthUnits).toBeLessThanOrEqual(cut.capacityUnits)
          if (cut.encoding === 'ucs2') continue
          expect(encodeGsm7(part.text, nationalAlphabet(cut.national ?? {}))).toHaveLength(part.lengthUnits)
        }
      }),
    )
  })
})

function repeated(characters: readonly string[]): readonly string[] {
  return characters.filter((character, index) => characters.indexOf(character) !== index)
}
