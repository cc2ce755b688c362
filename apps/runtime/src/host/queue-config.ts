import { durationSchema } from '@textloom/core'
import * as z from 'zod'
import { isTimeZone } from './channel-config.ts'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day such as 09:00')

const hoursSchema = z
  .strictObject({
    days: z.array(z.enum(days)).min(1).max(7),
    from: clockTime,
    to: clockTime.meta({ description: 'Not after `from`: of the next day.' }),
  })
  .meta({ description: 'A span of time on some days of the week.' })

/** What a queue may say about itself beside its id, name and parent: column `config`. */
export const queueConfigSchema = z.strictObject({
  topics: z
    .array(z.string().min(1).max(100))
    .max(100)
    .optional()
    .meta({ description: 'A ticket for the parent about one of these comes here.' }),
  hours: z
    .array(hoursSchema)
    .max(50)
    .optional()
    .meta({ description: "When somebody is there. Default: the parent's, else always." }),
  holidays: z
    .array(z.iso.date('must be a day such as 2026-12-24'))
    .max(400)
    .optional()
    .meta({ description: "Days on which nobody is. Default: the parent's." }),
  timezone: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone, such as "Europe/Budapest"')
    .optional()
    .meta({ description: "Of hours and holidays. Default: the parent's, else the channel's, else UTC." }),
  maxWait: durationSchema.optional().meta({
    description: 'A ticket that nobody has answered for longer is overdue. The flow decides when it gives up.',
  }),
  members: z
    .array(z.uuid())
    .max(1_000)
    .optional()
    .meta({ description: 'The users who are to answer. Default: everybody who may.' }),
  staffing: z.enum(['always', 'signed-in']).optional().meta({
    description:
      '`always` (the default): tickets wait until somebody comes. `signed-in`: a ticket is refused as unavailable unless one of the members was in the app within the last ten minutes.',
  }),
})

export type QueueConfig = z.infer<typeof queueConfigSchema>
