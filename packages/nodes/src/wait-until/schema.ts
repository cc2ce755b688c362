import { durationSchema, readDate } from '@textloom/core'
import * as z from 'zod'
import { zoneSchema } from '../calendar/schedule.ts'
import { field } from '../field.ts'
import { maxWordLength } from '../limits.ts'

/** Days without a time of their own begin at this one: nobody wants to be texted at midnight. */
export const usualTime = '09:00'

/** Fields that belong to one kind of moment only. */
const ownFields = { fixed: ['at'], field: ['field', 'side', 'offset', 'time'] } as const

/** Data of a wait until a moment. */
export const waitUntilSchema = z
  .strictObject({
    kind: z.enum(['fixed', 'field']).meta(
      field({
        title: 'Until when',
        description: 'A moment that is the same for everybody, or one that hangs on a date of the contact.',
        labels: { fixed: 'A date', field: "The contact's date" },
      }),
    ),
    at: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'is no date with a time: write it as 2026-12-24T09:00')
      .refine((at) => readDate(at, 'UTC') !== undefined, 'is a day or time that there is not')
      .optional()
      .meta(
        field({
          title: 'Date and time',
          description: 'What calendar and clock show when the conversation goes on.',
          control: 'moment',
          shownWhen: { kind: ['fixed'] },
        }),
      ),
    field: z
      .string()
      .max(maxWordLength)
      .optional()
      .meta(
        field({
          title: 'Contact field',
          description: 'The field of the contact that holds the date.',
          control: 'contact-field',
          placeholder: 'appointment',
          shownWhen: { kind: ['field'] },
        }),
      ),
    side: z
      .enum(['before', 'on', 'after'])
      .optional()
      .meta(
        field({
          title: 'Before or after',
          description: 'On which side of the date the moment lies.',
          labels: { before: 'Before it', on: 'Right then', after: 'After it' },
          usual: 'on',
          shownWhen: { kind: ['field'] },
        }),
      ),
    offset: durationSchema.optional().meta(
      field({
        title: 'How long before or after',
        description: 'Whole days are days of the calendar, whatever the clocks do.',
        control: 'duration',
        placeholder: 'P1D',
        shownWhen: { kind: ['field'], side: ['before', 'after'] },
      }),
    ),
    time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day: write it as 09:00')
      .optional()
      .meta(
        field({
          title: 'At this time of day',
          description: `Instead of the time that the field says. A day alone goes on at ${usualTime}.`,
          control: 'time',
          placeholder: usualTime,
          shownWhen: { kind: ['field'] },
        }),
      ),
    whenPast: z.enum(['next', 'past']).meta(
      field({
        title: 'When that is past already',
        section: 'timing',
        description: 'Nothing waits for the past: the conversation goes on at once, the usual way or its own.',
        labels: { next: 'Go on at once', past: 'Its own exit' },
      }),
    ),
    zone: zoneSchema,
  })
  .superRefine((data, context) => {
    const foreign = data.kind === 'fixed' ? ownFields.field : ownFields.fixed
    for (const key of foreign) {
      if (data[key] === undefined) continue
      context.addIssue({ code: 'custom', path: [key], message: `does not belong to the kind "${data.kind}"` })
    }
  })

export type WaitUntilData = z.infer<typeof waitUntilSchema>
