import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { result } from './index.ts'

const variables = [
  { name: 'score', type: 'number' as const, default: 7 },
  { name: 'answers', type: 'json' as const, default: { a: [1] } },
]

test.each([
  { value: 'yes', recorded: 'yes' },
  { value: '', recorded: '' },
  { value: '{{ vars.score }}', recorded: 7 },
  { value: '{{ vars.score | plus: 1 }}', recorded: 8 },
  { value: 'score {{ vars.score }}', recorded: 'score 7' },
  { value: '{{ vars.answers }}', recorded: { a: [1] } },
  { value: '{{ contact.name }}', recorded: null },
])('the value "$value" is recorded as $recorded, and the session goes on at once', ({ value, recorded }) => {
  const session = sessionOn(result, { name: 'lead', value }, { variables })
  expect(session.recorded).toEqual([{ kind: 'result', node: 'result', name: 'lead', value: recorded }])
  expect(session.context?.results).toEqual({ lead: { value: recorded } })
  expect(session.leftBy).toBe('next')
})

test('a category goes along', () => {
  const session = sessionOn(result, { name: 'lead', value: '1', category: 'warm lead' })
  expect(session.recorded).toEqual([
    { kind: 'result', node: 'result', name: 'lead', value: '1', category: 'warm lead' },
  ])
  expect(session.context?.results).toEqual({ lead: { value: '1', category: 'warm lead' } })
})

test('a result is recorded anew with each visit, whatever it was before', () => {
  const session = sessionOn(result, { name: 'rolled', value: "{{ 'abcdef' | sample }}" }, { seed: 3 })
  expect(session.recorded[0]?.value).toBe(session.context?.results.rolled?.value)
})

test('the analysis learns its name, and no variable is needed', () => {
  expect(result.results?.({ name: 'lead', value: '' })).toEqual([{ name: 'lead', path: 'name' }])
  expect(result.writes).toBeUndefined()
})
