import { flowFormat } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { describe, expect, test } from 'vitest'
import { openFlow } from '../../../document/testing/open-flow.ts'
import { headline } from '../problems/headline.ts'
import { found, matches } from './matches.ts'
import { targetItems, typeItems } from './step-items.tsx'

describe('what is typed', () => {
  const item = { id: 'ask', label: 'Ask a question', detail: 'Waits for the answer.', group: 'Talk', words: 'ask' }
  test.each([
    { query: '', found: true },
    { query: 'que', found: true },
    { query: 'ques ask', found: true },
    { query: 'answer', found: true },
    { query: 'estion', found: true },
    { query: 'es', found: false },
    { query: 'menu', found: false },
  ])('"$query" finds "Ask a question": $found', ({ query, found }) => {
    expect(matches(item, query)).toBe(found)
  })
})

test.each([
  { typed: 'wait', first: 'wait' },
  { typed: 'message', first: 'message' },
  { typed: 'question', first: 'ask' },
  { typed: 'http', first: 'http' },
  { typed: '', first: 'keyword' },
])('of the steps that mention "$typed", $first stands first', ({ typed, first }) => {
  expect(found(typeItems(registry, 'any', []), typed)[0]?.id).toBe(first)
})

test('after an exit no start is offered, on an edge nothing that ends the flow', () => {
  const types = (wanted: 'any' | 'after' | 'between') => typeItems(registry, wanted, []).map(({ id }) => id)
  expect(types('any')).toEqual([...registry.keys()])
  expect(types('after')).not.toContain('keyword')
  expect(types('after')).toContain('end')
  expect(types('between')).not.toContain('end')
})

test('what was used lately comes first, once', () => {
  const items = typeItems(registry, 'after', ['menu', 'keyword', 'gone'])
  expect(items[0]).toMatchObject({ id: 'menu', group: 'Lately' })
  expect(items.filter(({ id }) => id === 'menu')).toHaveLength(1)
})

test('an exit is led to steps that it may lead to', () => {
  const flow = openFlow()
  const items = (source: string, sourceHandle: string) =>
    targetItems(flow.document.getState().flow, { source, sourceHandle }, registry).map(({ id }) => id)
  expect(items('menu', 'hours')).toEqual(['menu', 'hours', 'where', 'end'])
  expect(items('where', 'next')).toEqual(['menu', 'hours', 'end'])
  expect(flow.toDocument().format).toBe(flowFormat)
})

test.each([
  { errors: 0, warnings: 0, says: 'No problems' },
  { errors: 1, warnings: 0, says: '1 thing to mend' },
  { errors: 2, warnings: 1, says: '2 things to mend, 1 to look at' },
  { errors: 0, warnings: 3, says: '3 to look at' },
])('$errors errors and $warnings warnings: "$says"', ({ errors, warnings, says }) => {
  expect(headline(errors, warnings)).toBe(says)
})
