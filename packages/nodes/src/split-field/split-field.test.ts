import type { Json } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { expect, test } from 'vitest'
import { splitField } from './index.ts'
import type { SplitFieldData } from './schema.ts'

const plans = {
  field: 'plan',
  rules: [
    { id: 'gold', op: 'one-of' as const, list: ['gold', '{{ vars.best }}'] },
    { id: 'spends', op: 'number-gte' as const, right: '100' },
    { id: 'any', op: 'not-empty' as const },
  ],
}
const variables = [{ name: 'best', type: 'text' as const, default: 'platinum' }]

test.each<{ fields: Record<string, Json>; leftBy: string }>([
  { fields: { plan: 'GOLD' }, leftBy: 'gold' },
  { fields: { plan: 'Platinum' }, leftBy: 'gold' },
  { fields: { plan: 120 }, leftBy: 'spends' },
  { fields: { plan: 'silver' }, leftBy: 'any' },
  { fields: { plan: '' }, leftBy: 'other' },
  { fields: { plan: null }, leftBy: 'other' },
  { fields: { other: 'gold' }, leftBy: 'other' },
  { fields: {}, leftBy: 'other' },
])('a contact with the fields $fields leaves by $leftBy', ({ fields, leftBy }) => {
  expect(sessionOn(splitField, plans, { variables, contact: { fields } }).leftBy).toBe(leftBy)
})

test.each(['is-missing', 'is-empty', 'not-one-of'] as const)('a rule with %s fits who has no such field', (op) => {
  const data = { field: 'plan', rules: [{ id: 'none', op, list: ['gold'] }] }
  expect(sessionOn(splitField, data).leftBy).toBe('none')
})

test('the rules are checked as those of a split are, at their places', () => {
  const rules: SplitFieldData['rules'] = [
    { id: 'a', op: 'number-gt', right: 'ten' },
    { id: 'b', op: 'equals', right: 'x' },
    { id: 'c', op: 'equals', right: 'x' },
  ]
  const issuesOf = (data: SplitFieldData) => splitField.check?.(data).map(({ code, path }) => `${code} at ${path}`)
  expect(issuesOf({ field: 'plan', rules })).toEqual([
    'split/no-number at rules[0].right',
    'split/repeated-rule at rules[2]',
  ])
  expect(issuesOf({ field: 'plan', rules: [] })).toEqual(['split/no-rules at rules'])
  expect(issuesOf(plans)).toEqual([])
})

test('its templates are what the field is compared with', () => {
  expect(splitField.templates?.(plans).map(({ path, template }) => `${path}: ${template}`)).toEqual([
    'rules[0].list[0]: gold',
    'rules[0].list[1]: {{ vars.best }}',
    'rules[1].right: 100',
  ])
})
