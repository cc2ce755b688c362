import { fold } from '@textloom/core'

/**
 * The number that a text is, or undefined when it is anything more or less: a sign, digits of any script, groups of
 * three and a decimal mark of either kind. One comma before exactly three digits groups (`1,500` is fifteen hundred),
 * one dot is always decimal (`1.500` is one and a half), and of two kinds the last is decimal.
 */
export function readNumber(text: string): number | undefined {
  const bare = plain(text).replace(/[.,!?;]+$/, '')
  for (const { shape, groups, decimal } of spellings) {
    if (shape.test(bare)) return finite(Number(bare.replaceAll(groups, '').replace(decimal, '.')))
  }
  return undefined
}

/** All numbers that stand in a text, in order: `between 5 and 7.5` has 5 and 7.5. Digits within words do not count. */
export function numbersIn(text: string): readonly number[] {
  const whole = readNumber(text)
  if (whole !== undefined) return [whole]
  const found = plain(text).match(/(?<![\p{L}\p{N}.,])(?:[+-](?=[.,]?\d))?[.,]?\d[\d.,]*(?![\p{L}\p{N}])/gu)
  return (found ?? []).map(readNumber).filter((number) => number !== undefined)
}

interface Spelling {
  readonly shape: RegExp
  readonly groups: string
  readonly decimal: string
}

const spellings: readonly Spelling[] = [
  // 12 · 1 500 · 1 500,25 · 1 500.25
  { shape: /^[+-]?\d+$/, groups: '', decimal: '.' },
  { shape: /^[+-]?\d{1,3}(?: \d{3})+(?:,\d+)?$/, groups: ' ', decimal: ',' },
  { shape: /^[+-]?\d{1,3}(?: \d{3})+\.\d+$/, groups: ' ', decimal: '.' },
  // 1,500 · 1,500.25 · 1,00,000 (lakhs group by two)
  { shape: /^[+-]?[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/, groups: ',', decimal: '.' },
  // 1.500,25 · 1.500.000
  { shape: /^[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+$/, groups: '.', decimal: ',' },
  { shape: /^[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}$/, groups: '.', decimal: ',' },
  // 1.5 · 1,5 · .5
  { shape: /^[+-]?\d*\.\d+$/, groups: '', decimal: '.' },
  { shape: /^[+-]?\d*,\d+$/, groups: '', decimal: ',' },
]

/** Folded, with one spelling of minus, and of the Arabic decimal and thousands separators. */
function plain(text: string): string {
  return fold(text).replace(/[−–—]/gu, '-').replaceAll('٫', '.').replaceAll('٬', ',')
}

function finite(number: number): number | undefined {
  // Minus zero would print as 0 and compare as 0; JSON has no other.
  return Number.isFinite(number) ? number + 0 : undefined
}
