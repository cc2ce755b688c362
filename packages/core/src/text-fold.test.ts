import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, foldBare, words } from './text-fold.ts'

describe('fold', () => {
  test.each([
    ['YES', 'yes'],
    ['  two \t\n words ', 'two words'],
    ['Sí', 'si'],
    ['ÁRVÍZTŰRŐ', 'arvizturo'],
    ['Größe', 'grosse'],
    ['GRÖẞE', 'grosse'],
    ['Østerbro Łódź Đà Nẵng', 'osterbro lodz da nang'],
    ['æon œuvre þing', 'aeon oeuvre thing'],
    ['İSTANBUL ısı', 'istanbul isi'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['ЁЖ', 'еж'],
    ['Ｓｉ １２', 'si 12'],
    ["don't don’t don´t DONT", 'dont dont dont dont'],
    ['مُحَمَّد', 'محمد'],
    ['أحمد', 'احمد'],
    ['ٱلمساعدة مصطفى', 'المساعده مصطفي'],
    ['کتاب فارسی', 'كتاب فارسي'],
    ['شـــكرا', 'شكرا'],
    ['٤٢ ४२ ๔๒', '42 42 42'],
    ['ﬁne', 'fine'],
    ['co\u00ADop\u200B', 'coop'],
    ['👍🏽', '👍'],
    ['❤️', '❤'],
    ['2️⃣ ②', '2 2'],
    ['', ''],
  ])('"%s" is "%s"', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  test.each([
    ['कि', 'की'],
    ['か', 'が'],
    ['가', '각'],
  ])('"%s" and "%s" stay different', (one, other) => {
    expect(fold(one)).not.toBe(fold(other))
  })

  test('decomposed and composed spellings are one', () => {
    for (const text of ['é', 'ő', '각', 'が', 'คำ'])
      expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')))
  })

  test('plain ASCII, which takes a shorter way, comes to what it would come to beside an invisible character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(fold(text)).toBe(fold(`${text}\u200B`))
      }),
    )
  })

  test('folding twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })

  test('case never matters', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abcxyzáéőűßçñøłđæœ ', 'ω', 'я', 'і') }), (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text))
      }),
    )
  })
})

describe('words', () => {
  test.each([
    ['YES!!', ['yes']],
    ['¿Sí? ok.', ['si', 'ok']],
    ['3pm-4pm', ['3pm', '4pm']],
    ["I don't know", ['i', 'dont', 'know']],
    ['हिन्दी', ['हिन्दी']],
    ['...', []],
    ['👍', []],
    ['', []],
  ])('"%s" has the words %j', (text, list) => {
    expect(words(text)).toEqual(list)
  })
})

describe('foldBare', () => {
  test.each([
    ['"Yes!!"', 'yes'],
    ['(2)', '2'],
    ['re-book', 're-book'],
    ['¡¡Sí, por favor!!', 'si, por favor'],
    ['👍', '👍'],
    [' ?! ', ''],
    ['A-', 'a-'],
    ['-1.', '-1'],
    ['( . yes . )', 'yes'],
  ])('of "%s" is "%s"', (text, bare) => {
    expect(foldBare(text)).toBe(bare)
  })
})
