import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { set } from './index.ts'

describe('the value of a variable', () => {
  test.each([
    { type: 'number' as const, value: '{{ vars.x | plus: 1 }}', becomes: 2 },
    { type: 'number' as const, value: '42', becomes: 42 },
    { type: 'number' as const, value: '{{ params.word }}', becomes: undefined },
    { type: 'text' as const, value: 'Dear {{ params.word }}', becomes: 'Dear Bo' },
    { type: 'text' as const, value: '{{ 7 }}', becomes: '7' },
    { type: 'text' as const, value: '', becomes: '' },
    { type: 'boolean' as const, value: 'yes', becomes: true },
    { type: 'boolean' as const, value: '{{ false }}', becomes: false },
    { type: 'boolean' as const, value: '{{ params.word }}', becomes: undefined },
    { type: 'json' as const, value: '{{ contact.groups }}', becomes: ['vip'] },
    { type: 'text' as const, value: '{{ params.nothing }}', becomes: null },
  ])('of type $type set to "$value" is $becomes', ({ type, value, becomes }) => {
    const session = sessionOn(
      set,
      { variable: 'x', value },
      {
        variables: [{ name: 'x', type, default: 1 }],
        params: [{ name: 'word', type: 'text' }],
        values: { word: 'Bo' },
        contact: { groups: ['vip'] },
      },
    )
    if (becomes === undefined) {
      expect(session.end).toMatchObject({ outcome: 'failed', failure: { code: 'engine/node-failed', node: 'set' } })
      // What the contact wrote may be private; what the author wrote is what must be put right.
      expect(session.end?.failure?.message).toContain('vars.x must be')
      expect(session.end?.failure?.message).not.toContain('Bo')
    } else {
      expect(session.leftBy).toBe('next')
      expect(session.vars).toEqual({ x: becomes })
    }
  })
})

test('the card shows the assignment', () => {
  expect(set.describe({ variable: 'x', value: '1' })).toEqual({ title: 'Set', body: 'x = 1' })
})

test('what is written and what is read is told to the analysis', () => {
  const data = { variable: 'x', value: '{{ vars.y }}' }
  expect(set.writes?.(data)).toEqual([{ name: 'x', path: 'variable' }])
  expect(set.templates?.(data)).toEqual([{ path: 'value', template: '{{ vars.y }}', use: 'value' }])
})

test.each([
  { value: '', number: false, boolean: false, text: true },
  { value: '42', number: true, boolean: false, text: true },
  { value: 'yes', number: false, boolean: true, text: true },
  { value: 'soon', number: false, boolean: false, text: true },
])('a fixed "$value" can be a number: $number, true or false: $boolean', ({ value, ...can }) => {
  const [use] = set.writes?.({ variable: 'x', value }) ?? []
  expect({ number: use?.canBe?.('number'), boolean: use?.canBe?.('boolean'), text: use?.canBe?.('text') }).toEqual(can)
})
