import { isZone, type NodeIssue, type Scope, zoneOf } from '@textloom/core'
import * as z from 'zod'
import { field } from '../field.ts'
import { nodeIssue } from '../issue-codes.ts'
import { weekdayNames } from './hours-words.ts'
import { isHolidayText, readSpan, spanPattern, type Weekday, weekdays } from './opening-hours.ts'

/** Most spans of one day. */
export const maxSpans = 6

/** Most holidays of one schedule: one for each day of a year. */
export const maxHolidays = 366

/** Whose clock counts. */
export const zoneSchema = z
  .string()
  .refine(isZone, 'is no time zone: write one such as Europe/Budapest')
  .optional()
  .meta(
    field({
      title: 'Time zone',
      section: 'timing',
      description: "Whose clock counts: the contact's own when empty, then that of the channel, then UTC.",
      control: 'zone',
      placeholder: "The contact's own",
    }),
  )

/** The hours of every week, the days without them, and whose clock counts. */
export const scheduleFields = {
  hours: z.strictObject(Object.fromEntries(weekdays.map((day) => [day, daySchema(day)])) as DayFields).meta(
    field({
      title: 'Opening hours',
      description: 'The hours of each day of the week; a day without any is closed.',
      control: 'weekly-hours',
    }),
  ),
  holidays: z
    .array(z.string().refine(isHolidayText, 'is no day: write 2026-12-24, or 12-25 for every year'))
    .max(maxHolidays)
    .optional()
    .meta(
      field({
        title: 'Closed days',
        description: 'Days that are closed whatever day of the week they are, once or every year.',
        control: 'days',
        placeholder: '12-25',
      }),
    ),
  zone: zoneSchema,
}

type DayFields = Readonly<Record<Weekday, ReturnType<typeof daySchema>>>

/** A schedule as a node keeps it. */
export type Schedule = {
  hours: { [day in Weekday]?: string[] | undefined }
  holidays?: string[] | undefined
  zone?: string | undefined
}

/** A schedule as a machine holds it. */
export type ScheduleParams = {
  readonly hours: { readonly [day: string]: readonly string[] }
  readonly holidays?: readonly string[]
  readonly zone?: string
}

/** A schedule as the machine hands it to guards and delays. */
export function scheduleParams({ hours, holidays, zone }: Schedule): ScheduleParams {
  const open = Object.fromEntries(Object.entries(hours).flatMap(([day, spans]) => (spans ? [[day, spans]] : [])))
  return { hours: open, ...(holidays ? { holidays } : {}), ...(zone === undefined ? {} : { zone }) }
}

/** The zone that a node names, else the contact's. */
export function zoneFor(zone: string | undefined, { context: { contact, channel } }: Pick<Scope, 'context'>): string {
  return zone ?? zoneOf(contact, channel)
}

/** What is wrong with a schedule beyond its schema. */
export function scheduleIssues({ hours }: Schedule): readonly NodeIssue[] {
  if (weekdays.some((day) => (hours[day] ?? []).length > 0)) return []
  return [nodeIssue('hours/never-open', 'hours', 'It is never open: give at least one day its hours.')]
}

function daySchema(day: Weekday) {
  const span = z
    .string()
    .regex(spanPattern, 'is no span of time: write it as 09:00-17:00')
    .refine((text) => !spanPattern.test(text) || readSpan(text) !== undefined, {
      message: 'lasts no time: write 00:00-24:00 for the whole day',
    })
  return z
    .array(span)
    .max(maxSpans)
    .optional()
    .meta(field({ title: weekdayNames[day], description: 'Spans of time, as 09:00-17:00; none: closed all day.' }))
}
