import { budgetSettings } from '@textloom/core'
import { nationalLanguages } from '@textloom/sms'
import * as z from 'zod'

/** The settings of a modem link, as they stand in TEXTLOOM_CONFIG beside `id` and `kind` (CONTRACT §2). */
export const serialConfigSchema = z.strictObject({
  path: z
    .string()
    .min(1)
    .meta({
      title: 'Device',
      description:
        'The port of the modem, best by its name under /dev/serial/by-id, which stays when it is plugged in again; or ' +
        'tcp://host:port of a terminal server.',
    }),
  baudRate: z.int().min(300).max(4_000_000).default(115_200).meta({ title: 'Baud rate' }),
  pin: z
    .string()
    .regex(/^\d{4,8}$/, 'Four to eight digits.')
    .optional()
    .meta({ title: 'PIN of the SIM', secret: true, description: 'Tried once; a wrong one is never tried again.' }),
  number: z
    .string()
    .regex(/^\+?\d{2,20}$/, 'A phone number.')
    .optional()
    .meta({
      title: 'Number of the SIM',
      description: 'As the address of its channel; needed only where several channels share the link.',
    }),
  ...budgetSettings,
  serviceCentre: z
    .string()
    .regex(/^\+?\d{3,20}$/, 'A phone number.')
    .optional()
    .meta({ title: 'Service centre', description: 'Where messages are sent to, if not where the SIM says.' }),
  storage: z.enum(['auto', 'SM', 'ME', 'MT']).default('auto').meta({
    title: 'Storage',
    description:
      'Where the modem keeps what comes in: on the SIM, in the modem, or both. Left out, the largest of them.',
  }),
  pollMs: z.int().min(100).default(30_000).meta({
    title: 'Look for messages every (ms)',
    description: 'A modem announces what comes in; this finds what it forgot to announce.',
  }),
  answerTimeoutMs: z.int().min(50).default(5_000).meta({ title: 'Wait for an answer of the modem at most (ms)' }),
  sendTimeoutMs: z.int().min(100).default(60_000).meta({ title: 'Wait for the network at most (ms)' }),
  longMessages: z.enum(['udh8', 'udh16']).default('udh8').meta({
    title: 'Long messages',
    description: 'Size of the reference that joins the parts; 16 bits cost one character in each part.',
  }),
  nationalTables: z
    .array(z.enum(nationalLanguages))
    .default([])
    .meta({ title: 'National tables', description: 'Languages whose tables the phones of the country know.' }),
})

/** The settings of a modem link with their defaults filled in. */
export type SerialConfig = z.infer<typeof serialConfigSchema>
