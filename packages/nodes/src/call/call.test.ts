import type { Json, Outcome, ValueType } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { call } from './index.ts'
import { readReturnedPath, returnedAt } from './returned.ts'
import type { CallData } from './schema.ts'

const returned = {
  results: { rating: { value: 4, category: 'satisfied' }, note: { value: 'ok' } },
  vars: { total: 7, list: [1] },
}

test.each([
  { path: 'results.rating', value: 4 },
  { path: 'results.rating.value', value: 4 },
  { path: ' results.rating.category ', value: 'satisfied' },
  { path: 'results.note.category', value: null },
  { path: 'results.nothing', value: null },
  { path: 'results.constructor', value: null },
  { path: 'vars.total', value: 7 },
  { path: 'vars.list', value: [1] },
  { path: 'vars.toString', value: null },
])('at $path a flow hands back $value', ({ path, value }) => {
  expect(returnedAt(path, returned)).toEqual(value)
})

test.each([
  '',
  'rating',
  'results',
  'results.',
  'results.a.b',
  'vars.a.value',
  'vars.a[0]',
  'params.a',
  '{{ vars.a }}',
])('"%s" is nothing that a flow hands back', (path) => {
  expect(readReturnedPath(path)).toBeUndefined()
  expect(returnedAt(path, returned)).toBeNull()
})

const variables = [
  { name: 'stars', type: 'number' as const },
  { name: 'mood', type: 'text' as const },
]
const data = {
  flow: 'nowhere',
  map: [
    { variable: 'stars', path: 'vars.total' },
    { variable: 'mood', path: 'results.rating.category' },
  ],
} satisfies CallData

test.each<{ outcome: Outcome; leftBy: string }>([
  { outcome: 'completed', leftBy: 'next' },
  { outcome: 'handed_over', leftBy: 'next' },
  { outcome: 'expired', leftBy: 'expired' },
  { outcome: 'failed', leftBy: 'failed' },
])('a flow that ends as $outcome leads on by $leftBy', ({ outcome, leftBy }) => {
  const scope = { event: { type: 'flow', node: 'call', outcome, returned } } as never
  expect(['failed', 'expired'].find((as) => call.guards?.ended?.(scope, { as })) ?? 'next').toBe(leftBy)
})

test.each<{ as: ValueType; path: string; kept: Json }>([
  { as: 'number', path: 'vars.total', kept: 7 },
  { as: 'text', path: 'vars.total', kept: '7' },
  { as: 'number', path: 'results.rating.category', kept: null },
  { as: 'json', path: 'vars.list', kept: [1] },
])('$path is kept in a variable of the type $as as $kept', ({ as, path, kept }) => {
  const scope = { context: { vars: { other: 1 } }, event: { type: 'flow', returned } } as never
  expect(call.updates?.keep?.(scope, { map: [{ variable: 'x', path, as }] })).toEqual({ vars: { other: 1, x: kept } })
})

test('a flow that is not there leaves by "failed" and keeps nothing', () => {
  const session = sessionOn(call, data, { variables })
  expect(session.leftBy).toBe('failed')
  expect(session.vars).toEqual({ stars: null, mood: null })
})

test.each<{ change: Partial<CallData>; issues: string[] }>([
  { change: {}, issues: [] },
  { change: { flow: '' }, issues: ['call/no-flow at flow'] },
  { change: { map: [{ variable: 'stars', path: 'total' }] }, issues: ['call/bad-path at map[0].path'] },
])('$change has the issues $issues', ({ change, issues }) => {
  expect(call.check?.({ ...data, ...change }).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test('the analysis learns which flow is called, with what', () => {
  expect(call.calls?.({ ...data, params: { order: '{{ vars.stars }}' } })).toEqual([
    { path: 'flow', flow: 'nowhere', params: ['order'] },
  ])
  expect(call.calls?.({ ...data, flow: '' })).toEqual([])
})

test('no more is handed over than fits', () => {
  const params = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, 'x']))
  expect(call.schema.safeParse({ ...data, params: params(50) }).success).toBe(true)
  expect(call.schema.safeParse({ ...data, params: params(51) }).success).toBe(false)
})
