import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isGsm7 } from './gsm7.ts'
import { gsm7Replacement, replaceForGsm7 } from './gsm7-replacements.ts'
import { countSegments } from './segment-counter.ts'
import { segment } from './segments.ts'
import { gsm7Text, unicodeText } from './testing/arbitraries.ts'

describe('the counter beside a text field', () => {
  test.each([
    { name: 'nothing', text: '', segments: 1, unitsUsed: 0, unitsLeft: 160, capacityUnits: 160 },
    { name: 'a full segment', text: 'a'.repeat(160), segments: 1, unitsUsed: 160, unitsLeft: 0, capacityUnits: 160 },
    { name: 'one more', text: 'a'.repeat(161), segments: 2, unitsUsed: 161, unitsLeft: 145, capacityUnits: 153 },
    { name: 'an escape pair', text: '€', segments: 1, unitsUsed: 2, unitsLeft: 158, capacityUnits: 160 },
    { name: 'an emoji', text: '😀', segments: 1, unitsUsed: 2, unitsLeft: 68, capacityUnits: 70 },
    // The pair does not fit behind 66 units, so the first part stays one short and the second begins with it.
    {
      name: 'a pair moved on',
      text: `${'ж'.repeat(66)}😀жжжж`,
      segments: 2,
      unitsUsed: 72,
      unitsLeft: 61,
      capacityUnits: 67,
    },
  ])('shows $segments segment(s) and $unitsLeft left for $name', ({ text, name: _, ...shown }) => {
    expect(countSegments(text)).toMatchObject(shown)
  })

  test('says which characters make it UCS-2, where they are, and what to write instead', () => {
    expect(countSegments('“Olá”… 👨‍👩‍👧 é').ucs2Because).toEqual([
      { character: '“', index: 0, replacement: '"' },
      { character: 'á', index: 3, replacement: 'a' },
      { character: '”', index: 4, replacement: '"' },
      { character: '…', index: 5, replacement: '...' },
      { character: '👨‍👩‍👧', index: 7 },
    ])
  })

  test('has nothing to say about a text that is UCS-2 only because it was asked for', () => {
    expect(countSegments('Hello', { encoding: 'ucs2' })).toMatchObject({ encoding: 'ucs2', ucs2Because: [] })
  })

  test('counts what segment cuts, and gives a reason exactly for what GSM 7-bit lacks', () => {
    fc.assert(
      fc.property(fc.oneof(gsm7Text, unicodeText), fc.constantFrom(8 as const, 16 as const), (text, referenceBits) => {
        const info = countSegments(text, { referenceBits })
        const { encoding, segments } = segment(text, { referenceBits })
        expect(info).toMatchObject({ encoding, segments: segments.length })
        expect(info.unitsLeft).toBe(info.capacityUnits - (segments.at(-1)?.lengthUnits ?? 0))
        expect(info.ucs2Because.length > 0).toBe(encoding === 'ucs2')
        for (const { character, index } of info.ucs2Because) {
          expect(text.slice(index, index + character.length)).toBe(character)
        }
      }),
    )
  })
})

describe('a replacement', () => {
  test.each([
    { characters: '“”„«»', replacement: '"' },
    { characters: '‘’‚′`´', replacement: "'" },
    { characters: '‐‑–—−•', replacement: '-' },
    { characters: '\u00a0\u202f\u2009\t', replacement: ' ' },
    { characters: '\u200b\ufeff\u00ad\u200e', replacement: '' },
    { characters: '\u2028', replacement: '\n' },
    { characters: 'áâãăą', replacement: 'a' },
    { characters: 'ç', replacement: 'c' },
    { characters: 'őóô', replacement: 'o' },
    { characters: 'łļĺ', replacement: 'l' },
    { characters: 'Αά', replacement: 'A' },
    { characters: 'σς', replacement: 'Σ' },
    { characters: 'Ａ', replacement: 'A' },
    { characters: 'ﬁ', replacement: 'fi' },
    { characters: '²', replacement: '2' },
    { characters: '½', replacement: '1/2' },
    { characters: '☺', replacement: ':)' },
  ])('for each of $characters is $replacement', ({ characters, replacement }) => {
    for (const character of characters) expect(gsm7Replacement(character), character).toBe(replacement)
  })

  test.each([
    { character: 'e\u0301', replacement: 'é', because: 'composed it is in the alphabet' },
    { character: 'a\u0301', replacement: 'a', because: 'composed it is not' },
    { character: '☺\ufe0f', replacement: ':)', because: 'the picture of a smile is a smile' },
    { character: '\u212b', replacement: 'Å', because: 'the angstrom sign is that letter' },
  ])('for $character is $replacement: $because', ({ character, replacement }) => {
    expect(gsm7Replacement(character)).toBe(replacement)
  })

  test.each(['ж', '中', '😀', '👨‍👩‍👧', 'ש', '\u0301', '한'])('is not invented for %s', (character) => {
    expect(gsm7Replacement(character)).toBeUndefined()
  })

  test('is GSM 7-bit for whatever it is asked', () => {
    for (let codePoint = 0; codePoint <= 0x1ffff; codePoint++) {
      const replacement = gsm7Replacement(String.fromCodePoint(codePoint))
      if (replacement !== undefined && !isGsm7(replacement)) expect.unreachable(`U+${codePoint.toString(16)}`)
    }
  })
})

test.each([
  { text: 'Ça va ? “Très” bien…', replaced: 'Ça va ? "Très" bien...' },
  { text: 'Καλημέρα', replaced: 'KAΛHMEPA' },
  { text: 'Zażółć 10\u00a0€', replaced: 'Zazolc 10 €' },
  { text: 'café', replaced: 'café' },
  { text: 'cafe\u0301', replaced: 'café' },
  { text: 'Hi 😀 – bye', replaced: 'Hi 😀 - bye' },
])('"$text" can be sent as "$replaced"', ({ text, replaced }) => {
  expect(replaceForGsm7(text)).toBe(replaced)
})
