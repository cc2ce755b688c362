import { plainSpaces } from '../dates/date-words.ts'
import { parseCache } from '../parse-cache.ts'
import { shown } from '../shown.ts'
import { type FilterGroup, namedArguments, placed, pure, type TemplateFilter } from './filter.ts'

/** Numbers: reckoning with them, and writing them as the contact does. */
export const numberFilters: FilterGroup = {
  plus: reckoning('plus: number', 'Adds.', [['{{ 4 | plus: 2 }}', '6']], (a, b) => a + b),
  minus: reckoning('minus: number', 'Takes away.', [['{{ 4 | minus: 2.5 }}', '1.5']], (a, b) => a - b),
  times: reckoning('times: number', 'Multiplies.', [['{{ vars.price | times: 2 }}', '2469']], (a, b) => a * b),
  divided_by: reckoning(
    'divided_by: number',
    'Divides, to the fraction. Dividing by zero gives nothing.',
    [
      ['{{ 7 | divided_by: 2 }}', '3.5'],
      ['{{ 7 | divided_by: 0 }}', ''],
    ],
    (a, b) => a / b,
  ),
  modulo: reckoning(
    'modulo: number',
    'What is left after dividing; never below zero for a divisor above it.',
    [
      ['{{ 7 | modulo: 3 }}', '1'],
      ['{{ -1 | modulo: 7 }}', '6'],
    ],
    (a, b) => ((a % b) + b) % b,
  ),
  abs: reckoning('abs', 'Without its sign.', [['{{ -3 | abs }}', '3']], Math.abs),
  ceil: reckoning('ceil', 'Up to the next whole number.', [['{{ 1.2 | ceil }}', '2']], Math.ceil),
  floor: reckoning('floor', 'Down to the next whole number.', [['{{ 1.8 | floor }}', '1']], Math.floor),
  round: reckoning(
    'round: decimals',
    'To the nearest number with so many decimals, none if not said; halves away from zero.',
    [
      ['{{ 1.5 | round }}', '2'],
      ['{{ 1.005 | round: 2 }}', '1.01'],
    ],
    rounded,
  ),
  at_least: reckoning('at_least: number', 'The greater of the two.', [['{{ 3 | at_least: 5 }}', '5']], Math.max),
  at_most: reckoning('at_most: number', 'The smaller of the two.', [['{{ 8 | at_most: 5 }}', '5']], Math.min),
  number: placed(
    {
      usage: 'number: decimals',
      summary: "With the decimal point and thousands marks of the contact's language.",
      examples: [
        ['{{ 1234.5 | number }}', '1,234.5'],
        ['{{ 1234.5 | number: 2 }}', '1,234.50'],
      ],
      takes: 'number',
      gives: 'text',
    },
    ({ language }, value, decimals) => {
      const number = given(value)
      if (number === undefined) return value
      const digits = decimals === undefined ? undefined : Math.min(20, Math.max(0, Math.trunc(toNumber(decimals))))
      return written(number, language, digits === undefined ? {} : digitsOf(digits))
    },
  ),
  money: placed(
    {
      usage: 'money: currency',
      summary: "An amount of a currency (ISO 4217, such as `EUR`) as the contact's language writes it.",
      examples: [
        ['{{ vars.price | money: "EUR" }}', '€1,234.50'],
        ['{{ 500 | money: "JPY" }}', '¥500'],
      ],
      takes: 'number',
      gives: 'text',
    },
    ({ language }, value, currency) => {
      const code = shown(currency).trim().toUpperCase()
      if (!/^[A-Z]{3}$/.test(code)) {
        throw new Error(`"${shown(currency)}" is no currency. Write its three letters, as in money: "EUR".`)
      }
      const number = given(value)
      return number === undefined ? value : written(number, language, { style: 'currency', currency: code })
    },
  ),
  pluralize: placed(
    {
      usage: 'pluralize: one, other',
      summary:
        "The word that goes with a number. Languages with more forms name them: `zero`, `one`, `two`, `few`, `many`, `other`; which number takes which is a matter of the contact's language.",
      examples: [
        ['{{ 1 }} {{ 1 | pluralize: "ticket", "tickets" }}', '1 ticket'],
        ['{{ vars.count }} {{ vars.count | pluralize: "ticket", "tickets" }}', '3 tickets'],
        ['{{ 0 | pluralize: zero: "no ticket", one: "one ticket", other: "tickets" }}', 'no ticket'],
      ],
      takes: 'number',
      gives: 'text',
    },
    ({ language }, value, ...args) => {
      const named = namedArguments(args)
      const [one, other] = args.filter((arg) => !Array.isArray(arg))
      const words = new Map([['one', one], ['other', other ?? one], ...named])
      const number = toNumber(value)
      const none = number === 0 ? words.get('zero') : undefined
      return none ?? words.get(pluralRules(language).select(number)) ?? words.get('other')
    },
  ),
}

/** A filter from numbers to a number; what comes to no number that can be written comes to nothing. */
function reckoning(
  usage: string,
  summary: string,
  examples: TemplateFilter['examples'],
  of: (value: number, argument: number) => number,
): TemplateFilter {
  return pure({ usage, summary, examples, takes: 'number', gives: 'number' }, (value, argument) => {
    const result = of(toNumber(value), toNumber(argument))
    return Number.isFinite(result) ? result : null
  })
}

/** What has no number counts as zero, so that a counter may begin as nothing. */
function toNumber(value: unknown): number {
  return Number(value) || 0
}

/** The number to write; undefined for what is none, which stays as it is. */
function given(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** By decimal places rather than by factors: 1.005 × 100 is 100.49999999999999. */
function rounded(value: number, decimals: number): number {
  const scaled = shifted(Math.abs(value), decimals)
  if (!(scaled <= Number.MAX_SAFE_INTEGER)) return value
  const magnitude = shifted(Math.round(scaled), -decimals)
  return value < 0 ? -magnitude : magnitude
}

function shifted(value: number, places: number): number {
  const [mantissa, power = '0'] = String(value).split('e')
  return Number(`${mantissa}e${Number(power) + places}`)
}

function digitsOf(digits: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: digits, maximumFractionDigits: digits }
}

const maxFormatters = 500

const formatter = parseCache((key) => {
  const [language, options] = JSON.parse(key) as [string, Intl.NumberFormatOptions]
  return new Intl.NumberFormat(language, { ...options, numberingSystem: 'latn' })
}, maxFormatters)

const pluralRules = parseCache((language) => new Intl.PluralRules(language), maxFormatters)

function written(number: number, language: string, options: Intl.NumberFormatOptions): string {
  return plainSpaces(formatter(JSON.stringify([language, options])).format(number))
}
