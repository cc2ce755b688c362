import type { Json } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { http } from './index.ts'
import { pick, readPath } from './json-path.ts'
import { type HttpData, httpSchema } from './schema.ts'

const answer: Json = { slots: [{ time: '09:00', 'free seats': 3 }, { time: null }], a: { '0': 'zero' }, n: 0 }

describe('a path into an answer', () => {
  test.each<[string, Json]>([
    ['slots[0].time', '09:00'],
    ['$.slots[0].time', '09:00'],
    ['slots[0].free seats', 3],
    ['slots[1].time', null],
    ['slots[2].time', null],
    ['slots.time', null],
    ['a.0', 'zero'],
    ['a[0]', 'zero'],
    ['n', 0],
    ['n.more', null],
    ['constructor', null],
    ['__proto__', null],
    ['slots.length', null],
    ['$', answer],
  ])('"%s" leads to %j', (path, value) => {
    expect(pick(answer, path)).toEqual(value)
  })

  test.each(['', ' ', '.', 'a.', '.a', 'a..b', 'a[', 'a[x]', 'a[0', '[]', '$.'])('"%s" cannot be read', (path) => {
    expect(readPath(path)).toBeUndefined()
  })

  test('what is no JSON has no parts', () => {
    expect(pick('text', 'length')).toBe(null)
    expect(pick(null, 'a')).toBe(null)
  })
})

const base: HttpData = { method: 'GET', url: 'https://example.com/slots', map: [], timeout: 'PT10S' }

test.each<{ data: HttpData; issues: string[] }>([
  { data: base, issues: [] },
  { data: { ...base, url: '{{ vars.base }}/slots' }, issues: [] },
  { data: { ...base, url: '' }, issues: ['http/no-url at url'] },
  { data: { ...base, url: 'ftp://example.com' }, issues: ['http/no-url at url'] },
  { data: { ...base, url: 'https:///path' }, issues: ['http/no-url at url'] },
  { data: { ...base, headers: { Accept: 'application/json' } }, issues: [] },
  { data: { ...base, headers: { 'a b': 'x' } }, issues: ['http/bad-header at headers["a b"]'] },
  { data: { ...base, headers: { a: 'x\r\ny: z' } }, issues: ['http/bad-header at headers["a"]'] },
  { data: { ...base, body: {} }, issues: ['http/body-without-use at body'] },
  { data: { ...base, method: 'POST', body: {} }, issues: [] },
  { data: { ...base, map: [{ variable: 'a', path: 'a..b' }] }, issues: ['http/bad-path at map[0].path'] },
])('%j has the issues of its row', ({ data, issues }) => {
  expect(http.check?.(data).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test('templates stand in the address, the headers and every text of the body', () => {
  const body = { name: '{{ vars.a }}', list: [1, '{{ vars.b }}'], 'two words': { deep: 'x' }, none: null }
  const templates = http.templates?.({ ...base, headers: { 'X-Id': '{{ vars.c }}' }, body }) ?? []
  expect(templates.map(({ path, template }) => `${path}: ${template}`)).toEqual([
    'url: https://example.com/slots',
    'headers["X-Id"]: {{ vars.c }}',
    'body.name: {{ vars.a }}',
    'body.list[1]: {{ vars.b }}',
    'body["two words"].deep: x',
  ])
})

test.each([
  { change: { retries: 6 }, path: 'retries' },
  { change: { method: 'HEAD' }, path: 'method' },
  { change: { timeout: '10s' }, path: 'timeout' },
  { change: { map: undefined }, path: 'map' },
  { change: { headers: { a: 1 } }, path: 'headers.a' },
])('$change is refused', ({ change, path }) => {
  const { error } = httpSchema.safeParse({ ...base, ...change })
  expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
})

describe('a request', () => {
  const variables = [
    { name: 'slot', type: 'text' as const },
    { name: 'seats', type: 'number' as const, default: 1 },
  ]
  const data = {
    method: 'POST',
    url: 'https://example.com/book/{{ params.name }}',
    headers: { 'X-Phone': '{{ contact.phone }}' },
    body: { seats: '{{ vars.seats }}', note: 'for {{ params.name }}', sure: true },
    map: [
      { variable: 'slot', path: 'slots[0].time' },
      { variable: 'seats', path: 'slots[0].seats' },
    ],
    timeout: 'PT10S',
  } as const
  const options = { variables, params: [{ name: 'name', type: 'text' as const }], values: { name: 'Bo & Co' } }

  test('is made with its templates filled in', () => {
    const session = sessionOn(http, data, options)
    expect(session.requests).toEqual([
      {
        kind: 'http',
        node: 'http',
        id: 'http',
        method: 'POST',
        url: 'https://example.com/book/Bo%20%26%20Co',
        headers: { 'X-Phone': '+15550001' },
        body: { seats: 1, note: 'for Bo & Co', sure: true },
        timeoutMs: 10_000,
        attempt: 1,
        delayMs: 0,
      },
    ])
    expect(session.rest).toEqual({ node: 'http', for: 'http', until: session.now + 10_000 })
  })

  test.each([
    { json: { slots: [{ time: '9:00', seats: '4' }] }, vars: { slot: '9:00', seats: 4 } },
    { json: { slots: [{ time: 9 }] }, vars: { slot: '9', seats: null } },
    { json: { slots: [{ time: null, seats: 'many' }] }, vars: { slot: null, seats: null } },
    { text: 'fine', vars: { slot: null, seats: null } },
    { vars: { slot: null, seats: null } },
  ])('that is answered %j leaves by success', ({ vars, ...answer }) => {
    const session = sessionOn(http, data, options).httpAnswers({ status: 201, ...answer })
    expect(session.leftBy).toBe('success')
    expect(session.vars).toEqual(vars)
  })

  test.each([
    { retries: 0, answers: [{ status: 404 }], leftBy: 'failure', attempts: 1 },
    { retries: 0, answers: [{ status: 503 }], leftBy: 'failure', attempts: 1 },
    { retries: 0, answers: [{ error: 'network' as const }], leftBy: 'failure', attempts: 1 },
    { retries: 0, answers: [{ error: 'timeout' as const }], leftBy: 'timeout', attempts: 1 },
    { retries: 2, answers: [{ status: 404 }], leftBy: 'failure', attempts: 1 },
    { retries: 2, answers: [{ status: 302 }], leftBy: 'failure', attempts: 1 },
    { retries: 2, answers: [{ status: 503 }], leftBy: undefined, attempts: 2 },
    { retries: 2, answers: [{ status: 429 }, { status: 200 }], leftBy: 'success', attempts: 2 },
    { retries: 2, answers: [{ error: 'network' as const }, { status: 500 }], leftBy: undefined, attempts: 3 },
    { retries: 1, answers: [{ status: 502 }, { status: 504 }], leftBy: 'failure', attempts: 2 },
    { retries: 2, answers: [{ error: 'timeout' as const }], leftBy: 'timeout', attempts: 1 },
  ])('with $retries retries that gets $answers leaves by $leftBy', ({ retries, answers, leftBy, attempts }) => {
    const session = sessionOn(http, { ...data, retries }, options)
    for (const answer of answers) session.httpAnswers(answer)
    expect(session.leftBy).toBe(leftBy)
    expect(session.requests).toHaveLength(attempts)
    expect(session.effects.filter(({ kind }) => kind === 'http.cancel')).toEqual([])
  })

  test.each([
    { answer: { status: 201 }, retries: 0, leftBy: 'success', code: 201 },
    { answer: { status: 404 }, retries: 0, leftBy: 'failure', code: 404 },
    { answer: { status: 404 }, retries: 2, leftBy: 'failure', code: 404 },
    { answer: { error: 'network' as const }, retries: 0, leftBy: 'failure', code: null },
    { answer: { error: 'timeout' as const }, retries: 0, leftBy: 'timeout', code: null },
  ])('that gets $answer keeps the status $code', ({ answer, retries, leftBy, code }) => {
    const before = { name: 'code', type: 'number' as const, default: 500 }
    const session = sessionOn(
      http,
      { ...data, retries, status: 'code' },
      { ...options, variables: [...variables, before] },
    ).httpAnswers(answer)
    expect(session.leftBy).toBe(leftBy)
    expect(session.vars.code).toBe(code)
  })

  test('whose time is up keeps no status', () => {
    const code = { name: 'code', type: 'number' as const, default: 500 }
    const session = sessionOn(http, { ...data, status: 'code' }, { ...options, variables: [...variables, code] })
    expect(session.advance('10s').vars.code).toBe(null)
  })

  test('is made again after a pause that doubles', () => {
    const session = sessionOn(http, { ...data, retries: 5 }, options)
    for (let n = 0; n < 5; n += 1) session.httpAnswers({ status: 503 })
    expect(session.requests.map(({ attempt, delayMs }) => [attempt, delayMs])).toEqual([
      [1, 0],
      [2, 1_000],
      [3, 2_000],
      [4, 4_000],
      [5, 8_000],
      [6, 16_000],
    ])
  })

  test('that may not be made at all is not made again', () => {
    const session = sessionOn(http, { ...data, retries: 5 }, options)
    session.gets({ type: 'http.error', id: 'http', error: 'refused', message: 'private address' })
    expect(session.leftBy).toBe('failure')
  })

  test('has one time for all its tries, after which it is cancelled', () => {
    const session = sessionOn(http, { ...data, retries: 1 }, options)
      .advance('9s')
      .httpAnswers({ status: 503 })
    expect(session.leftBy).toBeUndefined()
    session.advance('1s')
    expect(session.leftBy).toBe('timeout')
    expect(session.effects.at(-1)).toEqual({ kind: 'http.cancel', id: 'http' })
  })

  test('is cancelled when the session is interrupted', () => {
    const session = sessionOn(http, data, options).gets({ type: 'interrupt' })
    expect(session.effects.slice(-2)).toEqual([
      { kind: 'http.cancel', id: 'http' },
      { kind: 'end', outcome: 'interrupted' },
    ])
  })
})
