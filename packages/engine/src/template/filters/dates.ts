import { isZone, readDate, type WrittenDate } from '@textloom/core'
import { between, dateUnits, isoText, moved, readUnit } from '../dates/calendar.ts'
import { inWords, type NamedFormat, namedFormats } from '../dates/date-words.ts'
import { strftime } from '../dates/strftime.ts'
import type { FilterEnvironment } from '../environment.ts'
import { shown } from '../shown.ts'
import { type FilterGroup, placed } from './filter.ts'

/** Dates: writing them as the contact reads them, and moving and counting by the calendar. */
export const dateFilters: FilterGroup = {
  date: placed(
    {
      usage: 'date: format, zone',
      summary:
        "A date in the contact's language and time zone, or in another zone. The format is a name (`short`, `medium`, `long`, `full`, `time`, `datetime`, `weekday`, `month`, `iso`; `datetime` if none is said) or a pattern such as `%Y-%m-%d`. What is no date stays as it is.",
      examples: [
        ['{{ now | date: "long" }}', 'March 1, 2026'],
        ['{{ now | date: "time" }}', '1:30 PM'],
        ['{{ now | date: "%A %-d %B, %H:%M" }}', 'Sunday 1 March, 13:30'],
        ['{{ now | date: "%H:%M", "America/New_York" }}', '07:30'],
        ['{{ "2026-07-01 09:30" | date: "iso" }}', '2026-07-01T09:30:00+02:00'],
        ['{{ "soon" | date: "long" }}', 'soon'],
      ],
      takes: 'date',
      gives: 'text',
    },
    (environment, value, format = 'datetime', zoneGiven) => {
      const written = read(value, environment)
      if (!written) return value
      const { language } = environment
      const zone = zoneGiven === undefined || zoneGiven === null ? environment.zone : zoneNamed(zoneGiven)
      const name = shown(format)
      if (name === 'iso') return isoText(written.instant, zone, false)
      if (isNamed(name)) return inWords(written.instant, name, { language, zone })
      if (name.includes('%')) return strftime(written.instant, name, { language, zone })
      const names = [...Object.keys(namedFormats), 'iso'].join(', ')
      throw new Error(`"${name}" is no date format. Use ${names}, or a pattern such as %Y-%m-%d.`)
    },
  ),
  date_add: placed(
    {
      usage: 'date_add: amount, unit',
      summary:
        'A later date, or an earlier one for an amount below zero, in ISO 8601. Units: `seconds`, `minutes`, `hours`, `days`, `weeks`, `months`, `years`. From days on the clock stays where it is, whatever daylight saving does.',
      examples: [
        ['{{ now | date_add: 2, "days" | date: "weekday" }}', 'Tuesday'],
        ['{{ "2026-01-31" | date_add: 1, "month" }}', '2026-02-28'],
        ['{{ now | date_add: -90, "minutes" }}', '2026-03-01T12:00:00+01:00'],
      ],
      takes: 'date',
      gives: 'text',
    },
    (environment, value, amount, unitGiven) => {
      const written = read(value, environment)
      if (!written) return value
      const unit = unitNamed(unitGiven)
      const instant = moved(written.instant, Number(amount) || 0, unit, environment.zone)
      if (Math.abs(instant) > maxInstant || !Number.isFinite(instant)) return null
      const isDay = written.isDay && !['seconds', 'minutes', 'hours'].includes(unit)
      return isoText(instant, environment.zone, isDay)
    },
  ),
  date_diff: placed(
    {
      usage: 'date_diff: date, unit',
      summary:
        'How many whole units it is until another date, below zero if that is past; `days` if none is said. Days are those of the calendar: tomorrow is 1 away at any hour.',
      examples: [
        ['{{ now | date_diff: "2026-03-05" }}', '4'],
        ['{{ now | date_diff: "2026-03-01 18:00", "hours" }}', '4'],
        ['{{ "2000-05-20" | date_diff: now, "years" }}', '25'],
      ],
      takes: 'date',
      gives: 'number',
    },
    (environment, value, until, unitGiven = 'days') => {
      const unit = unitNamed(unitGiven)
      const [from, to] = [read(value, environment), read(until, environment)]
      return from && to ? between(from.instant, to.instant, unit, environment.zone) : null
    },
  ),
}

/** The years 0 to 9999, which ISO 8601 writes with four digits. */
const maxInstant = 253_402_300_799_999

function read(value: unknown, { now, zone }: FilterEnvironment): WrittenDate | undefined {
  if (value === 'now') return { instant: now, isDay: false }
  if (value === 'today') return readDate(isoText(now, zone, true), zone)
  return readDate(value, zone)
}

function isNamed(format: string): format is NamedFormat {
  return Object.hasOwn(namedFormats, format)
}

function zoneNamed(given: unknown): string {
  const zone = shown(given)
  if (!isZone(zone)) throw new Error(`There is no time zone "${zone}". Write one such as Europe/Budapest.`)
  return zone
}

function unitNamed(given: unknown) {
  const unit = readUnit(shown(given))
  if (!unit) throw new Error(`"${shown(given)}" is no unit of time. Use ${dateUnits.join(', ')}.`)
  return unit
}
