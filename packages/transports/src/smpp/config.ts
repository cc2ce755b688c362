import { budgetSettings, lateQuestionSettings } from '@textloom/core'
import { nationalLanguages } from '@textloom/sms'
import * as z from 'zod'
import { tlsSchema } from '../connection/tls-config.ts'
import { deliverTlvsSchema, submitTlvsSchema } from './vendor-tlvs.ts'

const typeOfNumber = z.int().min(0).max(255)

/** The settings of an SMPP link, as they stand in TEXTLOOM_CONFIG beside `id` and `kind` (CONTRACT §2). */
export const smppConfigSchema = z.strictObject({
  host: z.string().min(1).meta({ title: 'Host', description: 'Name or address of the SMSC.' }),
  port: z.int().min(1).max(65_535).default(2775).meta({ title: 'Port' }),
  systemId: z.string().max(15).meta({ title: 'System id', description: 'The user name that the operator gave out.' }),
  password: z.string().max(64).default('').meta({ title: 'Password', secret: true }),
  bind: z.enum(['transceiver', 'transmitter', 'receiver', 'pair']).default('transceiver').meta({
    title: 'Bind',
    description: 'One connection for both directions, for one of them, or a pair of connections, one for each.',
  }),
  binds: z.int().min(1).max(50).default(1).meta({
    title: 'Connections at once',
    description:
      'How many of them, or of the pairs; each has a window of its own, and the others go on when one is lost. The operator says how many it permits.',
  }),
  windowSize: z.int().min(1).max(1000).default(10).meta({
    title: 'Window',
    description: 'Segments that may be unanswered at once; the operator says how many it takes.',
  }),
  ...budgetSettings,
  ...lateQuestionSettings,
  enquireLinkMs: z.int().min(100).default(30_000).meta({ title: 'Enquire link after (ms of silence)' }),
  responseTimeoutMs: z.int().min(100).default(30_000).meta({ title: 'Wait for an answer at most (ms)' }),
  systemType: z.string().max(12).default('').meta({ title: 'System type' }),
  interfaceVersion: z.int().min(0).max(255).default(0x34).meta({
    title: 'Interface version',
    description:
      '52 (0x34) for SMPP 3.4, 80 (0x50) for 5.0. Some SMSCs never answer a bind with a later one than theirs: then 52 is tried.',
  }),
  addressRange: z.string().max(40).default('').meta({ title: 'Address range' }),
  sourceTon: typeOfNumber.optional().meta({ title: 'Source TON', description: 'Told by the address unless given.' }),
  sourceNpi: typeOfNumber.optional().meta({ title: 'Source NPI' }),
  destTon: typeOfNumber.optional().meta({ title: 'Destination TON' }),
  destNpi: typeOfNumber.optional().meta({ title: 'Destination NPI' }),
  dataCoding0: z.enum(['gsm7', 'latin1', 'ascii']).default('gsm7').meta({
    title: 'Alphabet of data_coding 0',
    description: 'What the SMSC takes text without a coding for, in both directions.',
  }),
  packedSeptets: z.boolean().default(false).meta({
    title: 'Septets are packed',
    description:
      'GSM 7-bit text is eight characters in seven octets, in both directions. Most SMSCs pack by themselves.',
  }),
  messageIdFormat: z
    .enum(['auto', 'hex', 'decimal', 'text'])
    .default('auto')
    .meta({
      title: 'Message ids',
      description:
        'How submit_sm_resp writes ids: as numbers in base 16 or 10, whose receipts may use the other base, or as text to ' +
        'be compared as it is. auto finds out by itself.',
    }),
  longMessages: z
    .enum(['udh8', 'udh16', 'sar', 'payload'])
    .default('udh8')
    .meta({
      title: 'Long messages',
      description:
        'How parts say that they belong together: a header with a reference of 8 or 16 bits, the sar_ fields, or payload, ' +
        'the whole text at once, which the SMSC cuts.',
    }),
  nationalTables: z
    .array(z.enum(nationalLanguages))
    .default([])
    .meta({
      title: 'National tables',
      description:
        'Languages whose tables the network and its phones know: their texts cost fewer segments than in Unicode. Texts ' +
        'that come in are read with any of them.',
    }),
  submitTlvs: submitTlvsSchema.optional().meta({
    title: 'Extra TLVs to send',
    description:
      'By tag: {"0x1401": {"type": "text", "value": "campaign-7"}}. Types are text, cstring, int8, int16, int32 and hex; texts may hold {{to}}, {{toDigits}}, {{from}}, {{fromDigits}} and {{id}}.',
  }),
  deliverTlvs: deliverTlvsSchema.optional().meta({
    title: 'TLVs to keep of what comes in',
    description:
      'By the name they get: {"network": {"tag": "0x1403", "type": "text"}}. Types are text, integer and hex.',
  }),
  tls: tlsSchema.default(false).meta({ title: 'TLS' }),
})

/** The settings of an SMPP link with their defaults filled in. */
export type SmppConfig = z.infer<typeof smppConfigSchema>
