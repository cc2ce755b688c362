import { createHmac } from 'node:crypto'
import type { InboundRequest } from '../inbound/exchange.ts'
import type { PresetName } from '../presets/index.ts'
import type { ServerAnswer } from './server-link.ts'

/** An MT as a provider understood it. */
export interface UnderstoodMt {
  readonly from: string
  readonly to: string
  readonly text: string
  /** Where receipts are wanted; undefined for none. */
  readonly callback: string | undefined
}

/** Something that a provider brings. */
export interface Brought {
  /** The query, with its question mark. */
  readonly query?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** How a provider speaks, from its side: written after its documentation, without a look at our presets. */
export interface Dialect {
  understand(request: InboundRequest): UnderstoodMt
  accept(id: string): ServerAnswer
  refuse(how: 'later' | 'never' | 'throttled'): ServerAnswer
  mo(mo: { readonly id: string; readonly from: string; readonly to: string; readonly text: string }): Brought
  delivered(receipt: { readonly id: string; readonly mt: UnderstoodMt }): Brought
  /** The path is answered so when all is well. */
  readonly wellAnswered: RegExp
}

/** The secret of every pretend account. */
export const pretendSecret = 'pretend-secret'

const json = { 'content-type': 'application/json' }
const bearer = { authorization: `Bearer ${pretendSecret}` }
const formType = { 'content-type': 'application/x-www-form-urlencoded' }

const answerJson = (status: number, value: object): ServerAnswer => ({
  status,
  headers: json,
  body: JSON.stringify(value),
})
const bodyOf = ({ body }: InboundRequest) => Buffer.from(body).toString('utf8')
const queryOf = ({ url }: InboundRequest) => new URL(url).searchParams
const said = (values: URLSearchParams, name: string) => values.get(name) ?? ''

const generic: Dialect = {
  understand(request) {
    const { from, to, text, callback } = JSON.parse(bodyOf(request))
    return { from, to, text, callback }
  },
  accept: (id) => answerJson(200, { id }),
  refuse: (how) => answerJson({ later: 500, never: 400, throttled: 429 }[how], { code: 'x', detail: 'No.' }),
  mo: (mo) => ({ headers: { ...json, ...bearer }, body: JSON.stringify(mo) }),
  delivered: ({ id }) => ({
    headers: { ...json, ...bearer },
    body: JSON.stringify({ type: 'dlr', id, status: 'delivered' }),
  }),
  wellAnswered: /^\{"id":"[^"]+"\}$/,
}

/** Twilio signs the address and the sorted parameters. */
function signedByTwilio(fields: Record<string, string>): Brought {
  const sorted = Object.keys(fields).toSorted()
  const data = `https://sms.example.org/in/pretend${sorted.map((name) => name + fields[name]).join('')}`
  const signature = createHmac('sha1', pretendSecret).update(data).digest('base64')
  return {
    headers: { ...formType, 'x-twilio-signature': signature },
    body: new URLSearchParams(fields).toString(),
  }
}

const twilio: Dialect = {
  understand(request) {
    const form = new URLSearchParams(bodyOf(request))
    const callback = form.get('StatusCallback') ?? undefined
    return { from: said(form, 'From'), to: said(form, 'To'), text: said(form, 'Body'), callback }
  },
  accept: (sid) => answerJson(201, { sid, status: 'queued', error_code: null, error_message: null }),
  refuse(how) {
    if (how === 'throttled') return answerJson(429, { code: 20429, message: 'Too Many Requests', status: 429 })
    if (how === 'later') return answerJson(503, { code: 20503, message: 'Service unavailable', status: 503 })
    return answerJson(400, { code: 21211, message: "The 'To' number is not a valid phone number.", status: 400 })
  },
  mo: ({ id, from, to, text }) =>
    signedByTwilio({
      MessageSid: id,
      SmsSid: id,
      SmsStatus: 'received',
      From: from,
      To: to,
      Body: text,
      NumMedia: '0',
    }),
  delivered: ({ id, mt }) =>
    signedByTwilio({ MessageSid: id, MessageStatus: 'delivered', From: mt.from, To: mt.to, ApiVersion: '2010-04-01' }),
  wellAnswered: /<Response\/>$/,
}

const bare = (address: string) => address.replace(/^\+/, '')

/** Vonage adds a time and signs the sorted parameters, by HMAC here. */
function signedByVonage(fields: Record<string, string>): Brought {
  const timed: Record<string, string> = { ...fields, timestamp: String(Math.floor(Date.now() / 1_000)) }
  const names = Object.keys(timed).toSorted()
  const signed = names.map((name) => `&${name}=${timed[name]?.replaceAll(/[&=]/g, '_')}`).join('')
  const sig = createHmac('sha256', pretendSecret).update(signed).digest('hex').toUpperCase()
  return { query: `?${new URLSearchParams({ ...timed, sig })}` }
}

const vonage: Dialect = {
  understand(request) {
    const form = new URLSearchParams(bodyOf(request))
    return {
      from: said(form, 'from'),
      to: `+${said(form, 'to')}`,
      text: said(form, 'text'),
      callback: form.get('callback') ?? undefined,
    }
  },
  accept: (id) => answerJson(200, { 'message-count': '1', messages: [{ 'message-id': id, status: '0' }] }),
  refuse: (how) =>
    answerJson(200, {
      'message-count': '1',
      messages: [{ status: { later: '5', never: '3', throttled: '1' }[how], 'error-text': 'No.' }],
    }),
  mo: ({ id, from, to, text }) =>
    signedByVonage({ msisdn: bare(from), to: bare(to), messageId: id, text, type: 'unicode', keyword: 'X' }),
  delivered: ({ id, mt }) =>
    signedByVonage({ msisdn: bare(mt.to), to: bare(mt.from), messageId: id, status: 'delivered', 'err-code': '0' }),
  wellAnswered: /^$/,
}

/** UTF-16 in percent-encoding, as Kannel writes `%b` of a text that is not GSM 7-bit. */
function utf16Encoded(text: string): string {
  const octets = Buffer.from(text, 'utf16le').swap16()
  return [...octets].map((octet) => `%${octet.toString(16).padStart(2, '0').toUpperCase()}`).join('')
}

const kannel: Dialect = {
  understand(request) {
    const query = queryOf(request)
    const callback = query.get('dlr-url')?.replace('%d', '1').replace('%A', '')
    return { from: said(query, 'from'), to: said(query, 'to'), text: said(query, 'text'), callback }
  },
  accept: () => ({ status: 202, body: '0: Accepted for delivery' }),
  refuse(how) {
    if (how === 'throttled') return { status: 429, body: 'Too many' }
    return how === 'later'
      ? { status: 503, body: 'Temporal failure, try again later.' }
      : { status: 400, body: 'Empty receiver number not allowed, rejected' }
  },
  mo: ({ id, from, to, text }) => {
    const rest = new URLSearchParams({ from, to, coding: '2', charset: 'UTF-16BE', id, token: pretendSecret })
    return { query: `?text=${utf16Encoded(text)}&${rest}` }
  },
  delivered: ({ mt }) => ({ query: new URL(mt.callback ?? '').search }),
  wellAnswered: /^$/,
}

/** The app signs the body and the time behind it. */
function signedByPhone(event: string, id: string, payload: object): Brought {
  const body = JSON.stringify({ deviceId: 'ffffffffceb0b1db', event, id, payload, webhookId: 'LreFUt-Z3sSq0JufY9uWB' })
  const time = String(Math.floor(Date.now() / 1_000))
  const signature = createHmac('sha256', pretendSecret).update(`${body}${time}`).digest('hex')
  return { headers: { ...json, 'x-signature': signature, 'x-timestamp': time }, body }
}

const androidSmsGateway: Dialect = {
  understand(request) {
    const { textMessage, phoneNumbers, withDeliveryReport } = JSON.parse(bodyOf(request))
    return {
      from: '4040',
      to: phoneNumbers[0],
      text: textMessage.text,
      callback: withDeliveryReport ? 'set' : undefined,
    }
  },
  accept: (id) => answerJson(202, { id, state: 'Pending', recipients: [] }),
  refuse: (how) => answerJson({ later: 500, never: 400, throttled: 429 }[how], { message: 'No.' }),
  mo: ({ id, from, text }) =>
    signedByPhone('sms:received', id, { messageId: 'abc123', message: text, sender: from, simNumber: 1 }),
  delivered: ({ id, mt }) =>
    signedByPhone('sms:delivered', `e-${id}`, {
      messageId: id,
      phoneNumber: mt.to,
      deliveredAt: '2026-06-22T15:46:11Z',
    }),
  wellAnswered: /^$/,
}

/** Each provider that we have a preset for, from its own side. */
export const dialects: Readonly<Record<PresetName, Dialect>> = {
  generic,
  twilio,
  vonage,
  kannel,
  'android-sms-gateway': androidSmsGateway,
}
