import { expect, test } from 'vitest'
import { examplesOf, keywordData, tryText } from './try-keyword.ts'

const book = { keywords: ['BOOK', ' '], match: 'first' }

test('keywords of every language count, and data that is half typed is read as far as it can be', () => {
  const translations = { hu: { 'start.keywords': 'foglal, hely', 'other.keywords': 'x' }, de: {} }
  expect(keywordData(book, 'start', translations)).toEqual({
    keywords: ['BOOK', 'foglal', 'hely'],
    match: 'first',
    typos: false,
  })
  expect(keywordData({}, 'start')).toEqual({ keywords: [], match: 'exact', typos: false })
})

test('examples are of the first keyword, those that start the flow first', () => {
  const examples = examplesOf({ keywords: ['BOOK', 'OK BOOK'], match: 'only', typos: true })
  expect(examples.map(({ text, fits }) => `${text} ${fits}`)).toEqual([
    'BOOK yes',
    'book yes',
    'BOOK! yes',
    'OK BOOK yes',
    'BOOKs typo',
    'BOK typo',
    'BOOOK typo',
    'BOOK 2 no',
  ])
})

test.each([
  { text: 'book for two', typos: false, fits: 'yes' },
  { text: 'bok', typos: false, fits: 'if-forgiven' },
  { text: 'bok', typos: true, fits: 'typo' },
  { text: 'cancel', typos: true, fits: 'no' },
])('“$text” with typing errors forgiven: $typos → $fits', ({ text, typos, fits }) => {
  expect(tryText(keywordData({ ...book, typos }, 'start'), text)).toBe(fits)
})
