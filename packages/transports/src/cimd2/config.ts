import { budgetSettings, isZone, lateQuestionSettings } from '@textloom/core'
import { nationalLanguages } from '@textloom/sms'
import * as z from 'zod'
import { tlsSchema } from '../connection/tls-config.ts'

/** The settings of a CIMD2 link, as they stand in TEXTLOOM_CONFIG beside `id` and `kind` (CONTRACT §2). */
export const cimd2ConfigSchema = z.strictObject({
  host: z.string().min(1).meta({ title: 'Host', description: 'Name or address of the SMSC.' }),
  port: z.int().min(1).max(65_535).default(9971).meta({ title: 'Port' }),
  user: z.string().min(1).max(32).meta({ title: 'User', description: 'The identity that the operator gave out.' }),
  password: z.string().max(32).default('').meta({ title: 'Password', secret: true }),
  newPassword: z
    .string()
    .max(32)
    .default('')
    .meta({
      title: 'New password',
      description:
        'What the password is to become: the link changes it (08) at its next login, and uses it from then on. When it has, ' +
        'put it in the place of the old one.',
      secret: true,
    }),
  windowSize: z.int().min(1).max(127).default(10).meta({
    title: 'Window',
    description: 'Segments that may be unanswered at once; the operator says how many it takes.',
  }),
  ...budgetSettings,
  ...lateQuestionSettings,
  asksForWindow: z.boolean().default(false).meta({
    title: 'Say the window at the login (019)',
    description: 'Not every SMSC knows the parameter.',
  }),
  fetchEveryMs: z.int().min(0).default(0).meta({
    title: 'Ask for MOs (05) every (ms)',
    description: 'For accounts to which the SMSC brings nothing by itself: also at each login. 0 for never.',
  }),
  asksForTime: z.boolean().default(false).meta({
    title: 'Ask for the time at the login (09)',
    description: 'The status of the link tells then by how much the clock of the SMSC is ahead of ours.',
  }),
  keepAliveMs: z.int().min(100).default(60_000).meta({ title: 'Alive (40) after (ms of silence)' }),
  responseTimeoutMs: z.int().min(100).default(30_000).meta({ title: 'Wait for an answer at most (ms)' }),
  longMessages: z.enum(['udh8', 'udh16']).default('udh8').meta({
    title: 'Long messages',
    description: 'Parts belong together by a header with a reference of 8 or 16 bits.',
  }),
  senderPrefix: z.string().max(20).default('').meta({
    title: 'Number of the connection',
    description:
      'SMSCs that put the number of the account before every sender: it is left out of senders that begin with it.',
  }),
  nationalTables: z
    .array(z.enum(nationalLanguages))
    .default([])
    .meta({
      title: 'National tables',
      description:
        'Languages whose tables the network and its phones know: their texts cost fewer segments than in Unicode. The SMSC ' +
        'must pass characters with a header on as they are.',
    }),
  bareNumbers: z.enum(['national', 'international']).default('national').meta({
    title: 'Numbers without a prefix',
    description: 'How numbers are meant that come in without + or 00.',
  }),
  checksum: z.boolean().default(true).meta({
    title: 'Checksums',
    description: 'Off, packets leave without one and are not refused for a wrong one.',
  }),
  timezone: z.string().refine(isZone, 'must be an IANA time zone').default('UTC').meta({
    title: 'Time zone of the SMSC',
    description: 'In which it tells its time.',
  }),
  tls: tlsSchema.default(false).meta({ title: 'TLS' }),
})

/** The settings of a CIMD2 link with their defaults filled in. */
export type Cimd2Config = z.infer<typeof cimd2ConfigSchema>
