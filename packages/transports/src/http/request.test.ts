import fc from 'fast-check'
import { expect, test } from 'vitest'
import { someMt } from '../testing/conformance.ts'
import { httpConfigSchema } from './config.ts'
import { requestFor } from './request.ts'
import { settingsOf } from './settings.ts'

const requestOf = (config: object, mt = someMt(), callbackUrl?: string) =>
  requestFor(mt, settingsOf(httpConfigSchema.parse({ url: 'https://a.example/sms', ...config })), callbackUrl)

test.each([
  { auth: 'none', headers: {} },
  { auth: 'basic', headers: { authorization: `Basic ${btoa('me:pw')}` } },
  { auth: 'bearer', headers: { authorization: 'Bearer pw' } },
  { auth: 'header', headers: { 'x-key': 'pw' } },
])('$auth: $headers', ({ auth, headers }) => {
  const sent = requestOf({ auth, account: 'me', password: 'pw', authHeader: 'X-Key' }).headers
  expect(sent).toMatchObject(headers)
  if (auth === 'none') expect(sent).not.toHaveProperty('authorization')
})

test('every attempt carries the same key', () => {
  const mt = someMt()
  expect(requestOf({}, mt).headers['idempotency-key']).toBe(mt.key)
  expect(requestOf({}, mt)).toEqual(requestOf({}, mt))
})

test('headers have placeholders too, and leave what there is not', () => {
  const headers = { 'X-Id': '{{id}}-{{segments}}', 'X-Ttl': '{{validitySeconds}}', 'X-Key': '{{password}}' }
  const { headers: sent } = requestOf({ headers, password: 'pw' }, someMt({ key: 'k' }))
  expect(sent).toMatchObject({ 'x-id': 'k-1', 'x-key': 'pw' })
  expect(sent).not.toHaveProperty('x-ttl')
})

test.each([
  { method: 'GET', bodyFormat: 'json', url: 'https://a.example/sms?t=x%2By', body: undefined },
  { method: 'POST', bodyFormat: 'query', url: 'https://a.example/sms?t=x%2By', body: undefined },
  { method: 'POST', bodyFormat: 'form', url: 'https://a.example/sms', body: 't=x%2By' },
  { method: 'PUT', bodyFormat: 'json', url: 'https://a.example/sms', body: '{"t":"x+y"}' },
])('$method, $bodyFormat: $url, $body', ({ method, bodyFormat, ...wanted }) => {
  const { url, body } = requestOf({ method, bodyFormat, body: { t: '{{text}}' } }, someMt({ text: 'x+y' }))
  expect({ url, body }).toEqual(wanted)
})

test('files go as a list and out of the text, where the provider takes files', () => {
  const media = { urls: ['https://f/1.png', 'https://f/2.png'], caption: 'Look' }
  const mt = someMt({ text: 'Look\nhttps://f/1.png\nhttps://f/2.png', media })
  expect(JSON.parse(requestOf({}, mt).body ?? '')).toMatchObject({ text: 'Look', media: media.urls })
  const form = requestOf({ bodyFormat: 'form', body: { t: '{{text}}', m: '{{media}}' } }, mt).body
  expect(new URLSearchParams(form).getAll('m')).toEqual(media.urls)
  expect(JSON.parse(requestOf({ body: { t: '{{text}}' } }, mt).body ?? '')).toEqual({ t: mt.text })
})

test('a text is the same text wherever it stands', () => {
  const body = { a: '<{{text}}>', deep: [{ b: '{{text}}' }] }
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const mt = someMt({ text })
      expect(JSON.parse(requestOf({ body }, mt).body ?? '')).toEqual({ a: `<${text}>`, deep: [{ b: text }] })
      const form = requestOf({ bodyFormat: 'form', body: { a: '<{{text}}>' } }, mt).body
      expect(new URLSearchParams(form).get('a')).toBe(`<${text}>`)
      const url = new URL(
        requestOf({ url: 'https://a.example/{{text}}/x?q={{text}}', bodyFormat: 'query', body: {} }, mt).url,
      )
      expect(url.searchParams.get('q')).toBe(text)
      expect(url.host).toBe('a.example')
    }),
    { numRuns: 50 },
  )
})
