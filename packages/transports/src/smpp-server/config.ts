import { budgetSettings } from '@textloom/core'
import * as z from 'zod'

/** The settings of a link that other systems bind to, as they stand in TEXTLOOM_CONFIG beside `id` and `kind`. */
export const smppServerConfigSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').meta({
    title: 'Address to listen on',
    description: 'Of this machine: 127.0.0.1 is reached from here only, 0.0.0.0 from everywhere.',
  }),
  port: z.int().min(1).max(65_535).default(2775).meta({ title: 'Port' }),
  systemId: z
    .string()
    .min(1)
    .max(15)
    .meta({ title: 'System id', description: 'The user name of whoever binds; more of them below.' }),
  password: z.string().min(1).max(64).meta({ title: 'Password', secret: true }),
  accounts: z
    .record(z.string().min(1).max(15), z.string().max(64).meta({ secret: true }))
    .default({})
    .meta({
      title: 'More accounts',
      description: 'Other systems that may bind too: their system ids, each with a password.',
    }),
  maxBinds: z.int().min(1).max(1000).default(10).meta({ title: 'Connections at most' }),
  windowSize: z.int().min(1).max(1000).default(10).meta({
    title: 'Window',
    description: 'Segments to each connection that may be unanswered at once.',
  }),
  ...budgetSettings,
  enquireLinkMs: z.int().min(100).default(30_000).meta({ title: 'Enquire link after (ms of silence)' }),
  responseTimeoutMs: z.int().min(100).default(30_000).meta({ title: 'Wait for an answer at most (ms)' }),
  dataCoding0: z.enum(['gsm7', 'latin1', 'ascii']).default('gsm7').meta({
    title: 'Alphabet of data_coding 0',
    description: 'What text without a coding is in, in both directions.',
  }),
  cert: z.string().default('').meta({
    title: 'TLS certificate',
    description:
      'PEM text, with the certificates between it and its authority behind it. Empty: the port is not encrypted.',
  }),
  key: z.string().default('').meta({
    title: 'Key of the TLS certificate',
    description: 'PEM text, without a passphrase.',
    secret: true,
  }),
  longMessages: z.enum(['udh8', 'udh16', 'sar', 'payload']).default('udh8').meta({ title: 'Long messages' }),
})

/** The settings of a link that other systems bind to, with their defaults filled in. */
export type SmppServerConfig = z.infer<typeof smppServerConfigSchema>
