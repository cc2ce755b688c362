import { durationSchema, languageSchema } from '@textloom/core'
import * as z from 'zod'

const ownWords = z.array(z.string().trim().min(1).max(30)).max(50)

/** What a channel may say about itself beside its id, address and links: CONTRACT §2's `channels[]`, column `config`. */
export const channelConfigSchema = z.strictObject({
  /** Segments a second, over all its links; without it only the links' windows limit. */
  messagesPerSecond: z.number().positive().max(10_000).optional(),
  dailyQuota: z.int().positive().optional(),
  /** ISO 3166 code by which national numbers are read. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country code of two capitals, such as "HU"')
    .optional(),
  /** IANA time zone of its contacts, while nothing better is known of one. */
  timezone: z.string().refine(isTimeZone, 'must be an IANA time zone, such as "Europe/Budapest"').optional(),
  /** The channel's own language first. Default English. */
  languages: z.array(languageSchema).min(1).optional(),
  /** False leaves STOP, START and HELP to the flows. */
  keywords: z.boolean().optional(),
  /** More words for STOP, START and HELP than its languages have; `free` ones are left to the flows. */
  words: z
    .strictObject({ stop: ownWords, start: ownWords, help: ownWords, free: ownWords })
    .partial()
    .refine(({ free = [] }) => !free.some((word) => /^\W*stop\W*$/i.test(word)), {
      path: ['free'],
      message: 'must not hold STOP: contacts are promised that it works everywhere',
    })
    .optional(),
  stopText: z.string().min(1).optional(),
  startText: z.string().min(1).optional(),
  helpText: z.string().min(1).optional(),
  /** Answers an MO that no flow wants. */
  fallbackText: z.string().min(1).optional(),
  /**
   * How many texts of a phone may repeat an earlier one of half an hour before they count as a machine's, which are not
   * answered; texts of less than twelve characters are not counted. Default 15, 0 for any number.
   */
  repeats: z.int().min(0).max(400).optional(),
  /** How many texts a phone may send in a minute before the others are not answered; without it any number. */
  textsPerMinute: z.int().min(1).max(400).optional(),
  /** How long an MT may wait before it is given up. Default one day. */
  validity: durationSchema.optional(),
})

/** Whether the machine knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
