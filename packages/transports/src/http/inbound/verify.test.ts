import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { httpConfigSchema } from '../config.ts'
import { settingsOf } from '../settings.ts'
import type { InboundRequest } from './exchange.ts'
import { readFields } from './read-fields.ts'
import { unprovenBecause } from './verify.ts'

const now = 1_614_265_330_000

interface Sent {
  readonly url?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly at?: number
  readonly publicUrl?: string
}

function unproven(
  config: object,
  { url = 'http://127.0.0.1/in/x', headers = {}, body = '', at = now, publicUrl }: Sent,
) {
  const request: InboundRequest = { method: 'POST', url, headers, body: Buffer.from(body) }
  const settings = settingsOf(httpConfigSchema.parse(config))
  return unprovenBecause({ request, read: readFields(request, true), settings, publicUrl, now: at })
}

describe('a token', () => {
  const config = { inboundToken: 's3cret', tokenField: 'token' }
  test.each([
    { what: 'in the header', sent: { headers: { authorization: 'Bearer s3cret' } }, says: undefined },
    { what: 'as a password', sent: { headers: { authorization: `Basic ${btoa('x:s3cret')}` } }, says: undefined },
    { what: 'in its parameter', sent: { url: 'http://h/in/x?token=s3cret' }, says: undefined },
    { what: 'in its field of the form', sent: { body: 'a=1&token=s3cret' }, says: undefined },
    { what: 'that is another', sent: { headers: { authorization: 'Bearer s3cre' } }, says: 'is not the inbound token' },
    { what: 'that is not there', sent: {}, says: 'Authorization: Bearer' },
    {
      what: 'in a parameter of another name',
      sent: { url: 'http://h/in/x?key=s3cret' },
      says: 'Authorization: Bearer',
    },
  ])('$what', ({ sent, says }) => {
    const problem = unproven(config, sent)
    if (says === undefined) expect(problem).toBeUndefined()
    else expect(problem).toContain(says)
  })

  test('without one nothing is taken', () => {
    expect(unproven({}, { headers: { authorization: 'Bearer ' } })).toContain('has no inbound token')
    expect(unproven({ preset: 'vonage' }, {})).toContain('has no inbound token')
  })
})

describe('Standard Webhooks', () => {
  // The example of the reference libraries.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const sent = {
    body: '{"test": 2432232314}',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
  }
  test.each([
    { what: 'as the libraries sign', config: { inboundToken: secret }, sent, isProven: true },
    {
      what: 'where it must be so',
      config: { inboundToken: secret, inboundAuth: 'standard-webhooks' },
      sent,
      isProven: true,
    },
    { what: 'a secret without prefix', config: { inboundToken: secret.slice(6) }, sent, isProven: true },
    {
      what: 'one of several signatures',
      config: { inboundToken: secret },
      sent: {
        ...sent,
        headers: { ...sent.headers, 'webhook-signature': `v1,AAAA v2,x ${sent.headers['webhook-signature']}` },
      },
      isProven: true,
    },
    { what: 'another body', config: { inboundToken: secret }, sent: { ...sent, body: '{"test": 1}' }, isProven: false },
    {
      what: 'after 5 minutes',
      config: { inboundToken: secret },
      sent: { ...sent, at: now + 300_001 },
      isProven: false,
    },
    {
      what: 'within 5 minutes',
      config: { inboundToken: secret },
      sent: { ...sent, at: now + 299_000 },
      isProven: true,
    },
    {
      what: 'from the future',
      config: { inboundToken: secret },
      sent: { ...sent, at: now - 301_000 },
      isProven: false,
    },
  ])('$what: $isProven', ({ config, sent, isProven }) => expect(unproven(config, sent) === undefined).toBe(isProven))

  test('a secret that is no base64 signs with its own octets', () => {
    const headers = { 'webhook-id': 'a', 'webhook-timestamp': '1614265330' }
    const signature = createHmac('sha256', 'pass phrase').update('a.1614265330.{}').digest('base64')
    const signed = { body: '{}', headers: { ...headers, 'webhook-signature': `v1,${signature}` } }
    expect(unproven({ inboundToken: 'pass phrase' }, signed)).toBeUndefined()
  })
})

describe('Twilio', () => {
  // The example of Twilio's security page.
  const fields = {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675309',
    Digits: '1234',
    From: '+14158675309',
    To: '+18005551212',
  }
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
  const body = new URLSearchParams(fields).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
  }
  const config = { preset: 'twilio', password: '12345' }
  test.each([
    { what: 'as it was sent', sent: { url, headers, body }, isProven: true },
    {
      what: 'behind a proxy that ends TLS',
      sent: { url: url.replace('https', 'http'), headers, body },
      isProven: true,
    },
    {
      what: 'behind a proxy that changes the address',
      sent: {
        url: 'http://127.0.0.1:3000/in/x?foo=1&bar=2',
        publicUrl: 'https://mycompany.com/myapp.php',
        headers,
        body,
      },
      isProven: true,
    },
    {
      what: 'under another address',
      sent: { url: 'https://other.com/myapp.php?foo=1&bar=2', headers, body },
      isProven: false,
    },
    { what: 'with another field', sent: { url, headers, body: `${body}&Body=x` }, isProven: false },
    { what: 'without a signature', sent: { url, body }, isProven: false },
  ])('$what: $isProven', ({ sent, isProven }) => expect(unproven(config, sent) === undefined).toBe(isProven))
})

describe('a signature of the body', () => {
  const hmac = (text: string) => createHmac('sha256', 'k').update(text).digest()
  const plain = { inboundAuth: 'hmac', inboundToken: 'k' }
  const timed = { ...plain, timestampHeader: 'X-Timestamp' }
  test.each([
    { what: 'in hex', config: plain, headers: { 'x-signature': hmac('{}').toString('hex') }, isProven: true },
    { what: 'in base64', config: plain, headers: { 'x-signature': hmac('{}').toString('base64') }, isProven: true },
    {
      what: 'with a prefix',
      config: plain,
      headers: { 'x-signature': `sha256=${hmac('{}').toString('hex')}` },
      isProven: true,
    },
    {
      what: 'of another body',
      config: plain,
      headers: { 'x-signature': hmac('{ }').toString('hex') },
      isProven: false,
    },
    {
      what: 'with its time',
      config: timed,
      headers: { 'x-signature': hmac('{}1614265330').toString('hex'), 'x-timestamp': '1614265330' },
      isProven: true,
    },
    {
      what: 'with an old time',
      config: timed,
      headers: { 'x-signature': hmac('{}1614264000').toString('hex'), 'x-timestamp': '1614264000' },
      isProven: false,
    },
    {
      what: 'without its time',
      config: timed,
      headers: { 'x-signature': hmac('{}').toString('hex') },
      isProven: false,
    },
  ])('$what: $isProven', ({ config, headers, isProven }) => {
    expect(unproven(config, { headers, body: '{}' }) === undefined).toBe(isProven)
  })
})
