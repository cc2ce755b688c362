import type { Place } from '../environment.ts'
import { parseCache } from '../parse-cache.ts'

/** Ways to write a date that each language has its own form of. */
export const namedFormats = {
  short: { dateStyle: 'short' },
  medium: { dateStyle: 'medium' },
  long: { dateStyle: 'long' },
  full: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  datetime: { dateStyle: 'medium', timeStyle: 'short' },
  weekday: { weekday: 'long' },
  month: { month: 'long' },
} as const satisfies { readonly [name: string]: Intl.DateTimeFormatOptions }

export type NamedFormat = keyof typeof namedFormats

/** A date in one of the named formats. */
export function inWords(instant: number, format: NamedFormat, { language, zone }: Place): string {
  return plainSpaces(formatter({ language, zone, ...namedFormats[format] }).format(instant))
}

/**
 * The name of a month, or of a day of the week. Many languages bend the name of a month beside its day (Russian: июль,
 * but 1 июля).
 */
export function nameIn(
  instant: number,
  { language, zone }: Place,
  part: 'month' | 'weekday',
  { length, besideDay }: { length: 'long' | 'short'; besideDay: boolean },
): string {
  const fields = part === 'month' && besideDay ? { month: length, day: 'numeric' as const } : { [part]: length }
  const parts = formatter({ language, zone, ...fields }).formatToParts(instant)
  return plainSpaces(parts.find(({ type }) => type === part)?.value ?? '')
}

/** The short name of a time zone, such as `CET`, or `GMT+2` where it has none. */
export function zoneName(instant: number, zone: string): string {
  const parts = formatter({ language: 'en', zone, timeZoneName: 'short' }).formatToParts(instant)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

/**
 * Narrow and unbreakable spaces and the long minus sign, which Intl writes, are no characters of the GSM alphabet: each
 * would more than halve what fits into a segment.
 */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u2009\u202f]/g, ' ').replaceAll('\u2212', '-')
}

type Wanted = Intl.DateTimeFormatOptions & Place

/** Formatters are dear to make, and contacts have many languages and zones. */
const maxFormatters = 500

const cached = parseCache((key) => {
  const { language, zone, ...options } = JSON.parse(key) as Wanted
  return new Intl.DateTimeFormat(language, {
    ...options,
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
  })
}, maxFormatters)

function formatter(wanted: Wanted): Intl.DateTimeFormat {
  return cached(JSON.stringify(wanted))
}
