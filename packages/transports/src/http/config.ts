import { budgetSettings, didYouMean } from '@textloom/core'
import * as z from 'zod'
import { placeholders } from './placeholders.ts'
import { presetNames } from './presets/index.ts'
import { placeholdersIn, type Template } from './template.ts'

/** A template whose placeholders all exist. */
function known<T extends Template>(template: T, context: z.RefinementCtx): void {
  for (const name of placeholdersIn(template)) {
    if (Object.hasOwn(placeholders, name)) continue
    const names = Object.keys(placeholders)
    const message = `has no placeholder {{${name}}}.${didYouMean(name, names)} There are: ${names.join(', ')}`
    context.addIssue({ code: 'custom', message, input: template })
  }
}

/** The headings of the form. */
const sections = {
  sent: 'What is sent',
  answered: 'What the answer to it means',
  inbound: 'What comes in',
  receipts: 'Receipts that come in',
  reply: 'What the provider is answered',
} as const

const meaning = z.enum(['ok', 'later', 'never', 'throttled', 'refused'])
const dlrState = z.enum([
  'enroute',
  'accepted',
  'delivered',
  'expired',
  'deleted',
  'undeliverable',
  'rejected',
  'skipped',
  'unknown',
])
const path = z.string().max(200).optional()

const url = z
  .string()
  .max(2_000)
  .regex(
    /^https?:\/\/[^/?#{}\s@]+(?:[/?]\S*)?$/,
    'must be an http: or https: address; placeholders may stand in its path and query',
  )
  .superRefine(known)

const headers = z.record(
  z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is no name of a header'),
  z.string().superRefine(known),
)

/** The settings of an HTTP link, as they stand in TEXTLOOM_CONFIG beside `id` and `kind`. */
export const httpConfigSchema = z.strictObject({
  preset: z.enum(presetNames).default('generic').meta({
    title: 'Provider',
    description: 'Whose interface it is. Everything below says what is different from it.',
  }),
  url: url.optional().meta({
    title: 'URL',
    description: "Where messages are sent. Left out, the provider's own; a generic link then only receives.",
  }),
  account: z.string().max(200).default('').meta({
    title: 'Account',
    description: 'Account SID, API key or user name.',
  }),
  password: z.string().max(500).default('').meta({
    title: 'Password',
    description: 'Auth token, API secret or bearer token.',
    secret: true,
  }),
  inboundToken: z.string().max(500).default('').meta({
    title: 'Inbound token',
    description:
      'What the provider proves itself with when it brings messages: a token it sends, or the secret it signs with. Nothing is taken without one; for Twilio it is the password unless given.',
    secret: true,
  }),
  number: z.string().max(40).default('').meta({
    title: 'Own number',
    description: 'Who messages are for when the provider does not say.',
  }),
  windowSize: z.int().min(1).max(1000).default(10).meta({
    title: 'Window',
    description: 'Requests that may be unanswered at once.',
  }),
  ...budgetSettings,
  timeoutMs: z.int().min(100).max(600_000).default(30_000).meta({ title: 'Wait for an answer at most (ms)' }),
  callbackUrl: url.optional().or(z.literal('')).meta({
    title: 'Callback URL',
    description: 'Where the provider reaches this link. Left out: PUBLIC_URL, then /in/ and the id of the link.',
  }),
  method: z.enum(['GET', 'POST', 'PUT']).optional().meta({ section: sections.sent, title: 'Method' }),
  auth: z.enum(['none', 'basic', 'bearer', 'header']).optional().meta({
    section: sections.sent,
    title: 'How the link proves itself',
    description: 'Account and password, the password as bearer token, or the password in a header of its own.',
  }),
  authHeader: z.string().max(100).optional().meta({ section: sections.sent, title: 'Header for the password' }),
  headers: headers.optional().meta({
    section: sections.sent,
    title: 'Headers',
    description: 'Sent with each message; values may have placeholders.',
  }),
  bodyFormat: z.enum(['json', 'form', 'query']).optional().meta({
    section: sections.sent,
    title: 'Format of what is sent',
    description: 'query: the fields stand in the URL.',
  }),
  body: z
    // Not z.json(): a description of it refers to itself, which generators of OpenAPI follow for ever.
    .record(z.string(), z.unknown() as unknown as z.ZodType<Template>)
    .superRefine((body, context) => known(body, context))
    .optional()
    .meta({
      section: sections.sent,
      title: 'Fields of what is sent',
      description:
        'As JSON, also for forms and queries. {{to}}, {{from}}, {{text}}, {{id}} and others become values, escaped for their place.',
    }),
  isIdempotent: z.boolean().optional().meta({
    section: sections.sent,
    title: 'Knows repetitions by {{id}}',
    description: 'Then a message of which nobody knows whether it arrived goes again without harm.',
  }),
  messageId: path.meta({
    section: sections.answered,
    title: 'Where the answer has its id',
    description: 'A path such as messages[0].id, header:Location, or text:ID: for the word behind it.',
  }),
  errorCode: path.meta({ section: sections.answered, title: 'Where the answer has its error code' }),
  errorText: path.meta({ section: sections.answered, title: 'Where the answer explains the error' }),
  codes: z.record(z.string(), meaning).optional().meta({
    section: sections.answered,
    title: 'What error codes mean',
    description: 'What becomes of a message that is answered so; refused: the account or the settings are wrong.',
  }),
  statuses: z
    .record(z.string().regex(/^[1-5]\d\d$/), meaning)
    .optional()
    .meta({ section: sections.answered, title: 'What HTTP statuses mean' }),
  inboundAuth: z.enum(['token', 'hmac', 'standard-webhooks', 'twilio', 'vonage']).optional().meta({
    section: sections.inbound,
    title: 'How the provider proves itself',
    description: 'With the inbound token: as it is, or as the key of a signature.',
  }),
  tokenField: path.meta({
    section: sections.inbound,
    title: 'Parameter with the token',
    description: 'Where it cannot send a header.',
  }),
  signatureHeader: path.meta({ section: sections.inbound, title: 'Header with the signature' }),
  timestampHeader: path.meta({ section: sections.inbound, title: 'Header with the signed time' }),
  moWhen: path.meta({
    section: sections.inbound,
    title: 'It is a message when',
    description: 'A path, or a path and its values: event=sms:received|mms:received. Left out: when it is no receipt.',
  }),
  moId: path.meta({ section: sections.inbound, title: 'Id of a message' }),
  moFrom: path.meta({ section: sections.inbound, title: 'Sender of a message' }),
  moTo: path.meta({ section: sections.inbound, title: 'Recipient of a message' }),
  moText: path.meta({ section: sections.inbound, title: 'Text of a message' }),
  areNumbersBare: z.boolean().optional().meta({ section: sections.inbound, title: 'Numbers come without +' }),
  moMedia: path.meta({
    section: sections.inbound,
    title: 'Files of a message',
    description: 'A list, or numbered fields: MediaUrl#.',
  }),
  moCharset: path.meta({ section: sections.inbound, title: 'Charset of the text' }),
  moCoding: path.meta({ section: sections.inbound, title: 'Coding of the text', description: '2 for UTF-16.' }),
  moUdh: path.meta({ section: sections.inbound, title: 'Header of a part (UDH)' }),
  moPart: path.meta({
    section: sections.inbound,
    title: 'Reference, total and number of a part',
    description: 'Three paths with blanks between.',
  }),
  receiptWhen: path.meta({ section: sections.receipts, title: 'It is a receipt when' }),
  receiptId: path.meta({ section: sections.receipts, title: 'Id that a receipt is about' }),
  receiptState: path.meta({ section: sections.receipts, title: 'State in a receipt' }),
  receiptError: path.meta({ section: sections.receipts, title: 'Error in a receipt' }),
  states: z
    .record(z.string(), dlrState)
    .optional()
    .meta({ section: sections.receipts, title: 'What states of receipts mean' }),
  answer: z.string().max(2_000).optional().meta({
    section: sections.reply,
    title: 'Answer to the provider',
    description: 'The body, once what it brought is stored.',
  }),
  answerType: z.string().max(100).optional().meta({ section: sections.reply, title: 'Content-Type of that answer' }),
})

/** The settings of an HTTP link with their defaults filled in. */
export type HttpConfig = z.infer<typeof httpConfigSchema>
