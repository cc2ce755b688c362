import { fold, letterOfSpacedWord } from '@textloom/core'

/**
 * The number that a text is, or undefined when it is anything more or less: a sign, digits of any script, groups of
 * three and a decimal mark of either kind. Of two kinds of mark the last is decimal. One mark before exactly three
 * digits is the doubtful case: with the decimal point usual, `1,500` is fifteen hundred and `1.500` one and a half;
 * with the decimal comma it is the other way round.
 */
export function readNumber(text: string, decimalMark: '.' | ',' = '.'): number | undefined {
  const bare = plain(text).replace(/[.,!?;]+$/, '')
  const preferred = decimalMark === ',' ? commaSpellings : pointSpellings
  for (const { shape, groups, decimal } of preferred) {
    if (shape.test(bare)) return finite(Number(bare.replaceAll(groups, '').replace(decimal, '.')))
  }
  return undefined
}

/** All numbers that stand in a text, in order: `between 5 and 7.5` has 5 and 7.5. Digits within words do not count. */
export function numbersIn(text: string): readonly number[] {
  return numbersFound(text).map(({ value }) => value)
}

/** `numbersIn` with the piece of the folded text that each was read from. */
export function numbersFound(
  text: string,
  decimalMark: '.' | ',' = '.',
): readonly { readonly value: number; readonly text: string }[] {
  const whole = readNumber(text, decimalMark)
  if (whole !== undefined) return [{ value: whole, text: plain(text) }]
  return (plain(text).match(numberInText) ?? []).flatMap((piece) => {
    const value = readNumber(piece, decimalMark)
    return value === undefined ? [] : [{ value, text: piece.replace(/[.,]+$/, '') }]
  })
}

// A digit beside letters of a script without spaces stands for itself, as in 42歳 and อายุ42ปี.
const numberInText = new RegExp(
  String.raw`(?=[-+.,\d])(?<!${letterOfSpacedWord}|[.,])(?:[+-](?=[.,]?\d))?[.,]?\d[\d.,]*(?!${letterOfSpacedWord})`,
  'gu',
)

interface Spelling {
  readonly shape: RegExp
  readonly groups: string
  readonly decimal: string
}

// 12 · 1 500 · 1 500,25 · 1 500.25
const spaceSpellings: readonly Spelling[] = [
  { shape: /^[+-]?\d+$/, groups: '', decimal: '.' },
  { shape: /^[+-]?\d{1,3}(?: \d{3})+(?:,\d+)?$/, groups: ' ', decimal: ',' },
  { shape: /^[+-]?\d{1,3}(?: \d{3})+\.\d+$/, groups: ' ', decimal: '.' },
]

// 1.5 · 1,5 · .5
const plainSpellings: readonly Spelling[] = [
  { shape: /^[+-]?\d*\.\d+$/, groups: '', decimal: '.' },
  { shape: /^[+-]?\d*,\d+$/, groups: '', decimal: ',' },
]

const pointSpellings: readonly Spelling[] = [
  ...spaceSpellings,
  // 1,500 · 1,500.25 · 1,00,000 (lakhs group by two)
  { shape: /^[+-]?[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/, groups: ',', decimal: '.' },
  // 1.500,25 · 1.500.000
  { shape: /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+$/, groups: '.', decimal: ',' },
  { shape: /^[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}$/, groups: '.', decimal: ',' },
  ...plainSpellings,
]

const commaSpellings: readonly Spelling[] = [
  ...spaceSpellings,
  // 1.500 · 1.500,25
  { shape: /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?$/, groups: '.', decimal: ',' },
  // 1,500.25 · 1,500,000
  { shape: /^[+-]?[1-9]\d{0,2}(?:,\d{3})+\.\d+$/, groups: ',', decimal: '.' },
  { shape: /^[+-]?[1-9]\d{0,2}(?:,\d{2,3})+,\d{3}$/, groups: ',', decimal: '.' },
  ...plainSpellings,
]

/** Folded, with one spelling of minus, and of the Arabic decimal and thousands separators. */
function plain(text: string): string {
  return fold(text).replace(/[−–—]/gu, '-').replaceAll('٫', '.').replaceAll('٬', ',')
}

function finite(number: number): number | undefined {
  // Minus zero would print as 0 and compare as 0; JSON has no other.
  return Number.isFinite(number) ? number + 0 : undefined
}
