import { type Scope, zoneOf } from '@textloom/core'

/** The order in which a day, a month and a year are written in numbers. */
export type DateOrder = 'DMY' | 'MDY' | 'YMD'

/** What a recogniser must know about the writer of a text. */
export interface RecogniseContext {
  /** Epoch milliseconds: what "tomorrow" counts from. */
  readonly now: number
  /** IANA name of the zone in which the writer's days begin, for example `Europe/Budapest`. */
  readonly timeZone: string
  /** BCP 47 tag of the language the writer most likely writes in. */
  readonly language: string
  readonly dateOrder: DateOrder
  /** ISO 3166 code of two letters; numbers without a country code are read as numbers of this country. */
  readonly country?: string
}

/** What was read, and the piece of the text it was read from, in the spelling of `fold` unless case has a meaning. */
export interface Recognised<Value> {
  readonly value: Value
  readonly text: string
}

/**
 * The writer as a session knows them: zone and language of the contact, else of the channel, else UTC and English; the
 * country of the channel, else the region of the language.
 */
export function recogniseContextOf({ context: { contact, channel }, now }: Scope): RecogniseContext {
  const language = contact.language ?? channel.languages?.[0] ?? 'en'
  const country = channel.country ?? regionOf(language)
  return {
    now,
    timeZone: zoneOf(contact, channel),
    language,
    dateOrder: dateOrderOf(language, country),
    ...(country ? { country } : {}),
  }
}

/**
 * The order of dates in a country, else where a language is mostly spoken: CLDR 48, short dates of the Gregorian
 * calendar (`dates/calendars/gregorian/dateFormats`). English without a country is written as in the USA there.
 */
export function dateOrderOf(language: string, country: string | undefined): DateOrder {
  const [tongue = ''] = language.toLowerCase().split('-')
  if (country !== undefined) return orderOfCountry(country.toUpperCase(), tongue)
  if (['hu', 'zh', 'ja', 'ko', 'lt', 'mn', 'fa', 'sv', 'eu', 'si', 'ne'].includes(tongue)) return 'YMD'
  return tongue === 'en' || tongue === 'fil' ? 'MDY' : 'DMY'
}

function orderOfCountry(country: string, tongue: string): DateOrder {
  if (['HU', 'CN', 'TW', 'JP', 'KR', 'KP', 'LT', 'MN', 'IR', 'SE', 'LK', 'NP', 'BT'].includes(country)) return 'YMD'
  if (['US', 'PH', 'PR', 'GU', 'VI', 'AS', 'MP', 'FM', 'MH', 'PW'].includes(country)) return 'MDY'
  // In Canada and South Africa the language decides.
  if (country === 'CA') return tongue === 'en' || tongue === 'fr' ? 'YMD' : 'DMY'
  return country === 'ZA' && tongue === 'en' ? 'YMD' : 'DMY'
}

/** `pt-BR` and `zh-Hant-TW` say a country, `pt` and `zh-Hant` do not. */
function regionOf(language: string): string | undefined {
  return language
    .split('-')
    .slice(1)
    .find((part) => /^[A-Za-z]{2}$/.test(part))
    ?.toUpperCase()
}
