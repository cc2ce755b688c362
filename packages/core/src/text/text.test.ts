import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editDistance } from './edit-distance.ts'
import { hasPhrase, isOnlyPhrase } from './phrase.ts'
import { tokens } from './tokens.ts'

describe('tokens', () => {
  test.each([
    ["Don't STOP, sí!", ['dont', 'stop', 'si']],
    ['หยุดเลย!', ['ห', 'ยุ', 'ด', 'เล', 'ย']],
    ['กา', ['กา']],
    ['ບໍ່ແມ່ນ', ['ບໍ່', 'ແມ່', 'ນ']],
    ['មិនមែន', ['មិ', 'ន', 'មែ', 'ន']],
    ['ខ្មែរ', ['ខ្មែ', 'រ']],
    ['မြန်မာ', ['မြ', 'န်', 'မာ']],
    ['予約したい', ['予', '約', 'し', 'た', 'い']],
    ['キャンセル', ['キャ', 'ン', 'セ', 'ル']],
    ['コーヒー', ['コー', 'ヒー']],
    ['预约2号', ['预', '约', '2', '号']],
    ['예약을 원해요', ['예약을', '원해요']],
    ['हिन्दी में', ['हिन्दी', 'में']],
    ['ok 👍🏽🇭🇺', ['ok', '👍', '🇭🇺']],
    ['?!', []],
    ['', []],
  ])('of "%s" are %j', (text, list) => {
    expect(tokens(text)).toEqual(list)
  })

  test('of tokens are themselves', () => {
    const letters = fc.constantFrom(...'abé ßก็าเขม្ខဆ်က예약の予ー👍٤२.,-')
    fc.assert(
      fc.property(fc.string({ unit: letters }), (text) => {
        const list = tokens(text)
        expect(tokens(list.join(' '))).toEqual(list)
      }),
    )
  })
})

describe('a phrase', () => {
  test.each([
    { text: 'Please call me, now!', phrase: 'CALL ME', isIn: true, isAll: false },
    { text: 'Call me 👍', phrase: 'call me', isIn: true, isAll: true },
    { text: 'recall men', phrase: 'call me', isIn: false, isAll: false },
    { text: 'ขอยกเลิกนัดครับ', phrase: 'ยกเลิก', isIn: true, isAll: false },
    { text: 'กาแฟ', phrase: 'ก', isIn: false, isAll: false },
    { text: '我要取消预约', phrase: '取消', isIn: true, isAll: false },
    { text: '예약을 취소해 주세요', phrase: '취소', isIn: true, isAll: false },
    { text: '예약', phrase: '예', isIn: false, isAll: false },
    { text: 'NAI', phrase: 'ναι', isIn: true, isAll: true },
    { text: 'KAΛHMEPA σας', phrase: 'καλημέρα', isIn: true, isAll: false },
    { text: 'CTOП', phrase: 'стоп', isIn: true, isAll: true },
    { text: 'стоп', phrase: 'ctop', isIn: false, isAll: false },
    { text: 'super ❤️', phrase: '❤', isIn: true, isAll: false },
    { text: 'anything', phrase: '...', isIn: false, isAll: false },
  ])('"$phrase" stands in "$text": $isIn, is all of it: $isAll', ({ text, phrase, isIn, isAll }) => {
    expect([hasPhrase(text, phrase), isOnlyPhrase(text, phrase)]).toEqual([isIn, isAll])
  })
})

describe('the edit distance', () => {
  test.each([
    ['stop', 'stop', 0],
    ['stpo', 'stop', 1],
    ['sto', 'stop', 1],
    ['stoop', 'stop', 1],
    ['shop', 'stop', 1],
    ['tsop', 'stpo', 2],
    ['kitten', 'sitting', 3],
    ['a', 'abcdef', 3],
    ['', '', 0],
    ['🙂ab', '🙃ab', 1],
  ])('of "%s" and "%s" is %d within 2', (one, other, distance) => {
    expect(editDistance(one, other, 2)).toBe(distance)
  })

  test('is the same both ways, and nothing only between equals', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, other, 3)).toBe(editDistance(other, one, 3))
        expect(editDistance(one, other, 3) === 0).toBe(one === other)
      }),
    )
  })
})
