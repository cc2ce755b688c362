import { describe, expect, test } from 'vitest'
import { numbersIn, readNumber } from './number-text.ts'

describe('a text is a number', () => {
  test.each<[string, number]>([
    ['7', 7],
    [' 7 ', 7],
    ['007', 7],
    ['+7', 7],
    ['-7', -7],
    ['−7', -7],
    ['7.', 7],
    ['7!', 7],
    ['1.5', 1.5],
    ['1,5', 1.5],
    ['.5', 0.5],
    [',5', 0.5],
    ['0,500', 0.5],
    ['-0', 0],
    ['1,500', 1500],
    ['1.500', 1.5],
    ['1 500', 1500],
    ['1\u00A0500,25', 1500.25],
    ["1'500.25", 1500.25],
    ['1,500.25', 1500.25],
    ['1.500,25', 1500.25],
    ['1.500.000', 1_500_000],
    ['1,500,000', 1_500_000],
    ['1,00,000', 100_000],
    ['٤٢', 42],
    ['４２', 42],
    ['³', 3],
  ])('"%s" is %d', (text, number) => {
    expect(readNumber(text)).toBe(number)
  })

  test.each([
    '',
    ' ',
    'seven',
    '7 days',
    '7pm',
    'about 7',
    '7-8',
    '7/10',
    '50%',
    '1e5',
    '0x10',
    '--7',
    '- 7',
    '1.2.3',
    '1,2,3',
    '1 50',
    '.',
    '-',
    'Infinity',
    '9'.repeat(400),
  ])('"%s" is no number', (text) => {
    expect(readNumber(text)).toBeUndefined()
  })

  test('whole numbers are read as they are written', () => {
    for (let number = -20_000; number <= 20_000; number += 1) expect(readNumber(String(number))).toBe(number)
    expect(readNumber(String(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER)
  })

  test.each(['en-US', 'de-DE', 'hu-HU', 'en-IN', 'de-CH', 'ar-EG'])('amounts are read as %s writes them', (locale) => {
    const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 })
    for (let cents = 1; cents < 10 ** 12; cents = cents * 3 + 1) {
      const written = format.format(cents / 100)
      expect([written, readNumber(written)]).toEqual([written, cents / 100])
    }
  })
})

describe('numbers in a text', () => {
  test.each([
    { text: 'between 5 and 7.5', numbers: [5, 7.5] },
    { text: 'I am 42.', numbers: [42] },
    { text: '7/10', numbers: [7, 10] },
    { text: '10-20', numbers: [10, 20] },
    { text: 'covid-19', numbers: [19] },
    { text: 'it is -5 outside', numbers: [-5] },
    { text: '1 500', numbers: [1500] },
    { text: '3pm, room b12', numbers: [] },
    { text: '50%', numbers: [50] },
    { text: '', numbers: [] },
    { text: 'one', numbers: [] },
  ])('in "$text" are $numbers', ({ text, numbers }) => {
    expect(numbersIn(text)).toEqual(numbers)
  })

  test('a long text has an answer at once', () => {
    const startMs = performance.now()
    for (const piece of ['1,', '1 ', '1.', '-', '1a', '..1', '1..']) numbersIn(piece.repeat(50_000))
    expect(performance.now() - startMs).toBeLessThan(2_000)
  })
})
