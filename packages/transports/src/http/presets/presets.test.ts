import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { someMt } from '../../testing/conformance.ts'
import { RecordingHost } from '../../testing/recording-host.ts'
import { judge } from '../answer.ts'
import { httpConfigSchema } from '../config.ts'
import { HttpLink } from '../link.ts'
import { requestFor } from '../request.ts'
import { settingsOf } from '../settings.ts'

const callback = 'https://sms.example.org/in/op'
const now = Date.parse('2026-06-22T15:46:00Z')

const settings = (config: object) => settingsOf(httpConfigSchema.parse(config))
const ask = (config: object, mt: object) => requestFor(someMt({ key: 'mt-1', ...mt }), settings(config), callback)
const judged = (config: object, status: number, text: string) =>
  judge('mt-1', { status, headers: {}, text }, settings(config), now)

/** What a link of this config makes of a request. */
async function brought(
  config: object,
  { query = '', body = '', headers = {} }: { query?: string; body?: string; headers?: Record<string, string> },
) {
  const host = new RecordingHost()
  host.now = () => now
  const link = new HttpLink('op', httpConfigSchema.parse({ callbackUrl: callback, ...config }), host)
  link.start()
  const answer = await link.receive({ method: 'POST', url: `http://h/in/op${query}`, headers, body: Buffer.from(body) })
  await link.stop(0)
  return { answer, inbound: host.inbound }
}

const form = (body: string | undefined) => Object.fromEntries(new URLSearchParams(body))

const twilio = { preset: 'twilio', account: 'ACXXXX', password: 'token' }

function signedByTwilio(body: string) {
  const fields = [...new URLSearchParams(body)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map((pair) => pair.join(''))
  const signature = createHmac('sha1', 'token')
    .update(`${callback}${fields.join('')}`)
    .digest('base64')
  return { body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature } }
}

test('Twilio: a message is created', () => {
  const mt = { from: '+15557122661', to: '+15558675310', text: 'Hi there', wantsDlr: true }
  const { method, url, headers, body } = ask(twilio, mt)
  expect({ method, url }).toEqual({
    method: 'POST',
    url: 'https://api.twilio.com/2010-04-01/Accounts/ACXXXX/Messages.json',
  })
  expect(headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `Basic ${btoa('ACXXXX:token')}`,
  })
  expect(form(body)).toEqual({ To: '+15558675310', From: '+15557122661', Body: 'Hi there', StatusCallback: callback })
})

test.each([
  { status: 201, text: '{"sid":"SMb7c0","status":"queued","error_code":null}', meaning: 'ok' },
  { status: 400, text: '{"code":21211,"message":"Invalid \'To\' Phone Number","status":400}', meaning: 'never' },
  { status: 429, text: '{"code":20429,"message":"Too Many Requests","status":429}', meaning: 'throttled' },
  { status: 401, text: '{"code":20003,"message":"Authenticate","status":401}', meaning: 'refused' },
])('Twilio: $status $text is $meaning', ({ status, text, meaning }) => {
  expect(judged(twilio, status, text).meaning).toBe(meaning)
})

test('Twilio: a message comes, with a picture, and is answered with empty TwiML', async () => {
  const body =
    'ToCountry=US&SmsMessageSid=MM1&NumMedia=1&MessageSid=MM1&AccountSid=ACXXXX&From=%2B15558675310&To=%2B15557122661&Body=Look%21&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2Fm%2FME1&MediaContentType0=image%2Fjpeg'
  const { answer, inbound } = await brought(twilio, signedByTwilio(body))
  expect(answer).toEqual({
    kind: 'stored',
    body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
    contentType: 'text/xml',
  })
  expect(inbound).toEqual([
    {
      type: 'mo',
      id: 'mo:op:MM1',
      from: '+15558675310',
      to: '+15557122661',
      text: 'Look!\nhttps://api.twilio.com/m/ME1',
    },
  ])
})

test('Twilio: a status callback', async () => {
  const body =
    'SmsSid=SM1&SmsStatus=undelivered&MessageStatus=undelivered&To=%2B15558675310&MessageSid=SM1&AccountSid=ACXXXX&From=%2B15557122661&ErrorCode=30003'
  const { inbound } = await brought(twilio, signedByTwilio(body))
  expect(inbound).toEqual([{ type: 'dlr', providerId: 'SM1', state: 'undeliverable', error: '30003' }])
})

const vonage = { preset: 'vonage', account: 'abcd1234', password: 'secret', inboundToken: 'signing' }

test.each([
  { text: 'Hello', type: {} },
  { text: 'Jó reggelt, ő', type: { type: 'unicode' } },
])('Vonage: $text is sent as $type', ({ text, type }) => {
  const { method, url, body } = ask(vonage, { from: 'ACME', to: '+447700900000', text, wantsDlr: true })
  expect({ method, url }).toEqual({ method: 'POST', url: 'https://rest.nexmo.com/sms/json' })
  expect(form(body)).toEqual({
    to: '447700900000',
    from: 'ACME',
    text,
    ...type,
    callback,
    'client-ref': 'mt-1',
  })
})

test('Vonage: an answer has an id for each part, or an error under status 200', () => {
  const parts = '{"message-count":"2","messages":[{"message-id":"A","status":"0"},{"message-id":"B","status":"0"}]}'
  expect(judged(vonage, 200, parts).result?.providerIds).toEqual(['A', 'B'])
  const refused = '{"message-count":"1","messages":[{"status":"2","error-text":"Missing to param"}]}'
  expect(judged(vonage, 200, refused).error).toMatchObject({
    retry: 'never',
    message: expect.stringContaining('code 2, Missing to param'),
  })
  expect(judged(vonage, 200, '{"messages":[{"status":"1"}]}').meaning).toBe('throttled')
  expect(judged(vonage, 200, '{"messages":[{"status":"4"}]}').meaning).toBe('refused')
})

function signedByVonage(fields: Record<string, string>, sign: (signed: string) => string) {
  const all: Record<string, string> = { ...fields, timestamp: String(now / 1_000) }
  const signed = Object.keys(all)
    .toSorted()
    .map((name) => `&${name}=${all[name]?.replaceAll(/[&=]/g, '_')}`)
    .join('')
  return { query: `?${new URLSearchParams({ ...all, sig: sign(signed) })}` }
}

const md5hash = (signed: string) => createHash('md5').update(`${signed}signing`).digest('hex')
const sha512 = (signed: string) => createHmac('sha512', 'signing').update(signed).digest('hex').toUpperCase()

test.each([
  { method: 'MD5 hash', sign: md5hash },
  { method: 'SHA-512 HMAC', sign: sha512 },
])('Vonage: a part of a long message comes, signed by $method', async ({ sign }) => {
  const fields = {
    'api-key': 'abcd1234',
    msisdn: '447700900001',
    to: '447700900000',
    messageId: '0A0000000123ABCD1',
    text: 'Hello & = world',
    type: 'text',
    keyword: 'HELLO',
    'message-timestamp': '2026-06-22 15:45:58',
    concat: 'true',
    'concat-ref': '1',
    'concat-total': '3',
    'concat-part': '2',
  }
  const { answer, inbound } = await brought(vonage, signedByVonage(fields, sign))
  expect(answer).toMatchObject({ kind: 'stored', body: '' })
  expect(inbound).toMatchObject([
    {
      id: 'mo:op:0A0000000123ABCD1',
      from: '+447700900001',
      to: '+447700900000',
      text: 'Hello & = world',
      part: { reference: 1, total: 3, sequence: 2, encoding: 'ucs2' },
    },
  ])
})

test('Vonage: a delivery receipt; one whose signature does not fit', async () => {
  const fields = {
    msisdn: '447700900000',
    to: 'AcmeInc',
    'network-code': '12345',
    messageId: '0A0000001234567B',
    price: '0.03330000',
    status: 'delivered',
    scts: '2001011400',
    'err-code': '0',
  }
  expect((await brought(vonage, signedByVonage(fields, md5hash))).inbound).toEqual([
    { type: 'dlr', providerId: '0A0000001234567B', state: 'delivered', error: '0' },
  ])
  expect(
    (
      await brought(
        vonage,
        signedByVonage(fields, () => '0'.repeat(32)),
      )
    ).answer.kind,
  ).toBe('unproven')
})

const kannel = { preset: 'kannel', account: 'tester', password: 'foobar', inboundToken: 'tok' }

test('Kannel: sendsms, with where its receipts go', () => {
  const mt = { from: '4040', to: '+36301234567', text: 'Szia ő', wantsDlr: true, validityMs: 3_600_000 }
  const url = new URL(ask(kannel, mt).url)
  expect(`${url.origin}${url.pathname}`).toBe('http://127.0.0.1:13013/cgi-bin/sendsms')
  expect(Object.fromEntries(url.searchParams)).toEqual({
    username: 'tester',
    password: 'foobar',
    from: '4040',
    to: '+36301234567',
    text: 'Szia ő',
    charset: 'UTF-8',
    coding: '2',
    validity: '60',
    'dlr-mask': '31',
    'dlr-url': `${callback}?type=dlr&id=mt-1&token=tok&status=%d&answer=%A`,
  })
})

test.each([
  { status: 202, text: '0: Accepted for delivery', meaning: 'ok' },
  { status: 202, text: '3: Queued for later delivery', meaning: 'ok' },
  { status: 400, text: 'Empty receiver number not allowed, rejected', meaning: 'never' },
  { status: 403, text: 'Authorization failed for sendsms', meaning: 'refused' },
  { status: 503, text: 'Temporal failure, try again later.', meaning: 'later' },
])('Kannel: $status $text is $meaning', ({ status, text, meaning }) => {
  const { meaning: found, result } = judged(kannel, status, text)
  expect(found).toBe(meaning)
  if (meaning === 'ok') expect(result?.providerIds).toEqual(['mt-1'])
})

test.each([
  { query: 'text=ping+hello&coding=0&charset=UTF-8&udh=', text: 'ping hello', part: undefined },
  { query: 'text=%00J%00%F3%01%51&coding=2&charset=UTF-16BE&udh=', text: 'Jóő', part: undefined },
  {
    query: 'text=end&coding=0&charset=UTF-8&udh=%05%00%03%2A%02%02',
    text: 'end',
    part: {
      reference: 42,
      referenceBits: 8,
      total: 2,
      sequence: 2,
      encoding: 'ucs2',
      octets: Buffer.from('\0e\0n\0d'),
    },
  },
])('Kannel: get-url with %b brings $text', async ({ query, text, part }) => {
  const rest = 'from=%2B36301234567&to=4040&id=8f0c&token=tok'
  const { answer, inbound } = await brought(kannel, { query: `?${query}&${rest}` })
  expect(answer).toMatchObject({ kind: 'stored', body: '' })
  expect(inbound).toMatchObject([{ id: 'mo:op:8f0c', from: '+36301234567', to: '4040', text }])
  const [mo] = inbound
  const found = mo?.type === 'mo' ? mo.part : undefined
  expect(found && { ...found, octets: Buffer.from(found.octets) }).toEqual(part)
})

test.each([
  { status: 1, state: 'delivered' },
  { status: 2, state: 'undeliverable' },
  { status: 4, state: 'enroute' },
  { status: 8, state: 'accepted' },
  { status: 16, state: 'rejected' },
  { status: 32, state: 'unknown' },
])('Kannel: dlr-url with %d = $status is $state', async ({ status, state }) => {
  const query = `?type=dlr&id=mt-1&token=tok&status=${status}&answer=id%3A1+stat%3ADELIVRD`
  expect((await brought(kannel, { query })).inbound).toEqual([
    { type: 'dlr', providerId: 'mt-1', state, error: 'id:1 stat:DELIVRD' },
  ])
})

const phone = {
  preset: 'android-sms-gateway',
  account: 'u',
  password: 'p',
  inboundToken: 'key',
  number: '+36201112233',
}

test('SMS Gateway for Android: a message is queued', () => {
  const { method, url, headers, body } = ask(phone, {
    to: '+15551234567',
    text: 'Hi',
    validityMs: 60_000,
    wantsDlr: true,
  })
  expect({ method, url }).toEqual({ method: 'POST', url: 'https://api.sms-gate.app/3rdparty/v1/messages' })
  expect(headers).toMatchObject({ 'content-type': 'application/json', authorization: `Basic ${btoa('u:p')}` })
  expect(JSON.parse(body ?? '')).toEqual({
    id: 'mt-1',
    textMessage: { text: 'Hi' },
    phoneNumbers: ['+15551234567'],
    withDeliveryReport: true,
    ttl: 60,
  })
  expect(judged(phone, 202, '{"id":"mt-1","state":"Pending","recipients":[]}').result?.providerIds).toEqual(['mt-1'])
  expect(judged(phone, 409, '{"message":"already exists","id":"mt-1"}').meaning).toBe('ok')
})

function signedByPhone(event: object) {
  const body = JSON.stringify(event)
  const time = String(now / 1_000)
  const signature = createHmac('sha256', 'key').update(`${body}${time}`).digest('hex')
  return { body, headers: { 'content-type': 'application/json', 'x-signature': signature, 'x-timestamp': time } }
}

const deviceId = 'ffffffffceb0b1db0000018e937c815b'

test.each([
  {
    what: 'a message',
    event: {
      deviceId,
      event: 'sms:received',
      id: 'Ey6ECgOkVVFjz3CL48B8C',
      payload: {
        messageId: 'abc123',
        message: 'Android is always a sweet treat!',
        phoneNumber: '6505551212',
        simNumber: 1,
      },
      webhookId: 'LreFUt-Z3sSq0JufY9uWB',
    },
    inbound: {
      type: 'mo',
      id: 'mo:op:Ey6ECgOkVVFjz3CL48B8C',
      from: '6505551212',
      to: '+36201112233',
      text: 'Android is always a sweet treat!',
    },
  },
  {
    what: 'a failure',
    event: {
      deviceId,
      event: 'sms:failed',
      id: 'e1',
      payload: { messageId: 'mt-1', phoneNumber: '+1', reason: 'No signal', failedAt: 'x' },
    },
    inbound: { type: 'dlr', providerId: 'mt-1', state: 'undeliverable', error: 'No signal' },
  },
  { what: 'a ping', event: { deviceId, event: 'system:ping', id: 'e2', payload: {} }, inbound: undefined },
])('SMS Gateway for Android: $what', async ({ event, inbound: wanted }) => {
  const { answer, inbound } = await brought(phone, signedByPhone(event))
  expect(answer).toMatchObject({ kind: 'stored' })
  expect(inbound).toEqual(wanted === undefined ? [] : [wanted])
})
