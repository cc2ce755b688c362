import { budgetSettings, isZone, lateQuestionSettings } from '@textloom/core'
import { nationalLanguages } from '@textloom/sms'
import * as z from 'zod'
import { tlsSchema } from '../connection/tls-config.ts'

/** The settings of a UCP link, as they stand in TEXTLOOM_CONFIG beside `id` and `kind` (CONTRACT §2). */
export const ucpConfigSchema = z.strictObject({
  host: z.string().min(1).meta({ title: 'Host', description: 'Name or address of the SMSC.' }),
  port: z.int().min(1).max(65_535).meta({ title: 'Port', description: 'UCP has no usual one: the operator says it.' }),
  user: z
    .string()
    .regex(/^\d{1,22}$/, 'must be digits')
    .meta({
      title: 'User',
      description: 'The number that the account is known by: OAdC of the login (60), AdC of the keep-alive (31).',
    }),
  password: z.string().max(64).default('').meta({
    title: 'Password',
    description: 'Left empty, the link does not log in: for SMSCs that know it by its address.',
    secret: true,
  }),
  newPassword: z
    .string()
    .max(64)
    .default('')
    .meta({
      title: 'New password',
      description:
        'What the password is to become: the link changes it (60) at its next login, and uses it from then on. When it has, ' +
        'put it in the place of the old one.',
      secret: true,
    }),
  windowSize: z.int().min(1).max(100).default(10).meta({
    title: 'Window',
    description: 'Segments that may be unanswered at once; the operator says how many it takes. UCP counts to 100.',
  }),
  ...budgetSettings,
  ...lateQuestionSettings,
  keepAliveMs: z.int().min(100).default(60_000).meta({ title: 'Keep-alive (31) after (ms of silence)' }),
  responseTimeoutMs: z.int().min(100).default(30_000).meta({ title: 'Wait for an answer at most (ms)' }),
  alphabet: z
    .enum(['gsm7', 'ira'])
    .default('gsm7')
    .meta({
      title: 'Alphabet of text messages',
      description:
        'What the hex digits of an alphanumeric message (MT 3) stand for: GSM 7-bit, as nearly everywhere, or IRA, which ' +
        'is ASCII. A text that does not fit it goes as UCS-2.',
    }),
  longMessages: z.enum(['udh8', 'udh16']).default('udh8').meta({
    title: 'Long messages',
    description: 'Parts belong together by a header with a reference of 8 or 16 bits.',
  }),
  internationalPrefix: z.enum(['00', 'none']).default('00').meta({
    title: 'Before the country code of a recipient',
    description: '00, or nothing where the operator takes the country code first.',
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
    description: 'How numbers are meant that come in and say neither 00 nor what type they are.',
  }),
  checks: z.boolean().default(true).meta({
    title: 'Check lengths and checksums',
    description: 'Off for an SMSC that counts wrongly; frames of this link are always right.',
  }),
  timezone: z.string().refine(isZone, 'must be an IANA time zone').default('UTC').meta({
    title: 'Time zone of the SMSC',
    description: 'Validity periods are written as times of its clock.',
  }),
  userTon: z.int().min(0).max(6).default(6).meta({ title: 'Type of the user number', description: '6: abbreviated.' }),
  userNpi: z.int().min(0).max(9).default(5).meta({ title: 'Numbering plan of it', description: '5: private.' }),
  notificationAddress: z.string().max(16).default('').meta({
    title: 'Address for receipts',
    description: 'NAdC, where receipts do not come to the sender by themselves.',
  }),
  notificationPid: z.string().max(4).default('').meta({
    title: 'Protocol of receipts',
    description: 'NPID beside it, for example 0539.',
  }),
  moList: z
    .array(z.string().regex(/^\+?\d{1,16}$/, 'must be digits, with + before a country code'))
    .default([])
    .meta({
      title: 'Addresses on the MO list',
      description:
        'For SMSCs that bring MOs only for addresses that the account has put on its list (61): each is put there after ' +
        'the login, if it is not there yet.',
    }),
  tls: tlsSchema.default(false).meta({ title: 'TLS' }),
})

/** The settings of a UCP link with their defaults filled in. */
export type UcpConfig = z.infer<typeof ucpConfigSchema>
