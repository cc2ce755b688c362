import { fold, letterOfSpacedWord } from '@textloom/core'
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { RecogniseContext, Recognised } from './context.ts'

/**
 * The first phone number in a text as canonical `+digits`. A number without a country code is one of the writer's
 * country; without a country only international spellings (`+36…`, `0036…`) count.
 */
export function recognisePhone(
  text: string,
  { country }: Pick<RecogniseContext, 'country'>,
): Recognised<string> | undefined {
  const home = country !== undefined && isSupportedCountry(country) ? country : undefined
  for (const { 0: found } of fold(text)
    .slice(0, maxLength)
    .replace(/[‐‑‒–—−]/gu, '-')
    .matchAll(candidate)) {
    if (date.test(found)) continue
    const number = parsePhoneNumberFromString(found.replace(/^\(?00/, '+'), home)
    if (number?.isValid()) return { value: number.number, text: found.trim() }
  }
  return undefined
}

/** No SMS is longer; what is pasted into one need not be searched for numbers. */
const maxLength = 2_000

// Seven to seventeen digits with the usual marks between them; E.164 allows fifteen, a trunk or 00 prefix adds two.
const candidate = new RegExp(
  String.raw`(?<!${letterOfSpacedWord}|[+@])(?:\+ ?|\()?\d(?:[ ()./-]{0,2}\d){6,16}(?!${letterOfSpacedWord})`,
  'gu',
)

const date = /^\d{4}[-./]\d{1,2}[-./]\d{1,2}$|^\d{1,2}[-./]\d{1,2}[-./]\d{4}$/
