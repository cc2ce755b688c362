import type { Json, JsonObject } from '@textloom/core'

/** The days of a week by the names that documents have for them. */
export const weekdays = [
  { day: 'mon', name: 'Monday' },
  { day: 'tue', name: 'Tuesday' },
  { day: 'wed', name: 'Wednesday' },
  { day: 'thu', name: 'Thursday' },
  { day: 'fri', name: 'Friday' },
  { day: 'sat', name: 'Saturday' },
  { day: 'sun', name: 'Sunday' },
] as const

type Weekday = (typeof weekdays)[number]['day']

/** The spans of a day, as a document keeps them. */
export function spansOf(hours: Json | undefined, day: Weekday): readonly string[] {
  const spans = isWeek(hours) ? hours[day] : undefined
  return Array.isArray(spans) ? spans.map(String) : []
}

/** The hours with other spans on one day, in the order of the week; a closed day is left out. */
export function withSpans(hours: Json | undefined, day: Weekday, spans: readonly string[]): JsonObject {
  return Object.fromEntries(
    weekdays.flatMap(({ day: each }): [string, Json][] => {
      const there = each === day ? spans : spansOf(hours, each)
      return there.length === 0 ? [] : [[each, [...there]]]
    }),
  )
}

/** The hours with those of Monday on all days from Monday to Friday. */
export function copiedToWorkdays(hours: Json | undefined): JsonObject {
  const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const
  return workdays.reduce<JsonObject>(
    (copied, day) => withSpans(copied, day, spansOf(hours, 'mon')),
    withSpans(hours, 'mon', spansOf(hours, 'mon')),
  )
}

/** Both ends of a span as a clock shows them: the midnight at the end of a day is 00:00 there. */
export function spanOf(text: string): { readonly from: string; readonly to: string } {
  const [from = '', to = ''] = text.split('-')
  return { from, to: to === '24:00' ? '00:00' : to }
}

/** A span as a document keeps it: what ends at midnight ends with its day. */
export function spanText(from: string, to: string): string {
  return `${from}-${to === '00:00' ? '24:00' : to}`
}

/** What a day that is opened has first: usual hours, and after hours that end early the rest of the afternoon. */
export function nextSpan(spans: readonly string[]): string {
  const last = spans.at(-1)
  if (last === undefined) return '09:00-17:00'
  const { to } = spanOf(last)
  const hour = Number(to.slice(0, 2)) + 1
  if (hour >= 23 || to === '00:00') return '00:00-24:00'
  const end = Math.min(23, hour + 4)
  return `${twoDigits(hour)}${to.slice(2)}-${twoDigits(end)}:00`
}

function twoDigits(hour: number): string {
  return String(hour).padStart(2, '0')
}

function isWeek(hours: Json | undefined): hours is JsonObject {
  return typeof hours === 'object' && hours !== null && !Array.isArray(hours)
}
