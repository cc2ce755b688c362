import type { Json } from '@textloom/core'
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
