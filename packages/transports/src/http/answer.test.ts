import { expect, test } from 'vitest'
import { judge } from './answer.ts'
import { httpConfigSchema } from './config.ts'
import { settingsOf } from './settings.ts'

const now = Date.parse('2026-01-01T12:00:00Z')
const judged = (config: object, answer: { status: number; headers?: Record<string, string>; text?: string }) =>
  judge('mt-1', { headers: {}, text: '', ...answer }, settingsOf(httpConfigSchema.parse(config)), now)

test.each([
  { status: 200, meaning: 'ok' },
  { status: 202, meaning: 'ok' },
  { status: 301, meaning: 'refused' },
  { status: 400, meaning: 'never' },
  { status: 401, meaning: 'refused' },
  { status: 403, meaning: 'refused' },
  { status: 404, meaning: 'refused' },
  { status: 408, meaning: 'later' },
  { status: 422, meaning: 'never' },
  { status: 429, meaning: 'throttled' },
  { status: 500, meaning: 'later' },
  { status: 503, meaning: 'later' },
])('status $status without a code is $meaning', ({ status, meaning }) => {
  expect(judged({}, { status }).meaning).toBe(meaning)
})

test.each([
  {
    what: 'forbidden, with a reason',
    config: {},
    answer: { status: 403, text: '{"code":"blocked"}' },
    meaning: 'never',
  },
  {
    what: 'a code of the table',
    config: { codes: { E7: 'later' } },
    answer: { status: 400, text: '{"code":"E7"}' },
    meaning: 'later',
  },
  { what: 'a status of the table', config: { statuses: { '409': 'ok' } }, answer: { status: 409 }, meaning: 'ok' },
  {
    what: '200 and a code that is not fine',
    config: { codes: { '0': 'ok' } },
    answer: { status: 200, text: '{"code":13}' },
    meaning: 'never',
  },
])('$what is $meaning', ({ config, answer, meaning }) => expect(judged(config, answer).meaning).toBe(meaning))

test.each([
  { header: '7', restMs: 7_000 },
  { header: 'Thu, 01 Jan 2026 12:00:30 GMT', restMs: 30_000 },
  { header: '86400', restMs: 300_000 },
  { header: 'soon', restMs: undefined },
  { header: 'Thu, 01 Jan 2026 11:00:00 GMT', restMs: undefined },
])('Retry-After: $header is a rest of $restMs ms', ({ header, restMs }) => {
  expect(judged({}, { status: 429, headers: { 'retry-after': header } }).restMs).toBe(restMs)
})

test('a provider that is away and says for how long slows the link down', () => {
  const { error, restMs } = judged({}, { status: 503, headers: { 'retry-after': '2' } })
  expect(error).toMatchObject({ code: 'http/throttled', retry: 'throttled' })
  expect(restMs).toBe(2_000)
})

test.each([
  { messageId: 'data.id', answer: { text: '{"data":{"id":12}}' }, ids: ['12'] },
  { messageId: 'header:Location', answer: { headers: { location: '/m/5' } }, ids: ['/m/5'] },
  { messageId: 'text:ID:', answer: { text: 'OK ID: abc-1\r\n' }, ids: ['abc-1'] },
  { messageId: '', answer: {}, ids: ['mt-1'] },
  { messageId: 'id', answer: { text: 'OK' }, ids: [''] },
])('the id at "$messageId" is $ids', ({ messageId, answer, ids }) => {
  expect(judged({ messageId }, { status: 200, ...answer }).result?.providerIds).toEqual(ids)
})

test('an error says what the provider said, on one line', () => {
  const { error } = judged({}, { status: 400, text: '{"code":"bad","detail":"No\\nsuch\\u001b[31m number"}' })
  expect(error?.message).toBe(
    "The provider refused MT mt-1 (HTTP 400, code bad, No such [31m number). Look the code up in the provider's list.",
  )
})
