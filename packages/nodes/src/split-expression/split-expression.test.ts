import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { splitExpression } from './index.ts'

const rules = [
  { id: 'regular', label: 'Regular guest', expression: 'vars.visits > 3 && "vip" in contact.groups' },
  { id: 'known', expression: 'has(contact.fields.city) && contact.fields.city == "Pécs"' },
]
const variables = [{ name: 'visits', type: 'number' as const, default: 4 }]

test.each([
  { contact: { groups: ['vip'] }, leftBy: 'regular' },
  { contact: { groups: ['vip'], fields: { city: 'Pécs' } }, leftBy: 'regular' },
  { contact: { fields: { city: 'Pécs' } }, leftBy: 'known' },
  { contact: { fields: { city: 'Győr' } }, leftBy: 'other' },
  { contact: {}, leftBy: 'other' },
])('the contact $contact leaves by $leftBy', ({ contact, leftBy }) => {
  expect(sessionOn(splitExpression, { rules }, { variables, contact }).leftBy).toBe(leftBy)
})

describe('what is not true does not hold', () => {
  test.each([
    { expression: 'params.score > 3', score: 4, holds: true },
    { expression: 'params.score > 3', score: 3, holds: false },
    { expression: 'params.score > 3', score: null, holds: false },
    { expression: 'params.score > 3', score: 'many', holds: false },
    { expression: 'params.score', score: true, holds: true },
    { expression: 'params.score', score: 1, holds: false },
    { expression: 'params.score', score: 'true', holds: false },
  ])('$expression for $score: $holds', ({ expression, score, holds }) => {
    const around = { params: [{ name: 'score', type: 'json' as const }], values: { score } }
    const session = sessionOn(splitExpression, { rules: [{ id: 'a', expression }] }, around)
    expect(session.leftBy).toBe(holds ? 'a' : 'other')
  })
})

test('exits are called by their labels, else by what they ask', () => {
  expect(splitExpression.handles({ rules }).map(({ label }) => label)).toEqual([
    'Regular guest',
    'has(contact.fields.city) && contact.fields.city == "Pécs"',
    'Otherwise',
  ])
})

test.each([
  { rules: [], issues: ['split/no-rules at rules'] },
  { rules, issues: [] },
  {
    rules: [...rules, { id: 'c', expression: `${rules[1]?.expression} ` }],
    issues: ['split/repeated-rule at rules[2]'],
  },
])('the rules $rules have the issues $issues', ({ rules: list, issues }) => {
  expect(splitExpression.check?.({ rules: list }).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test('the analysis is handed every expression with its place', () => {
  expect(splitExpression.expressions?.({ rules }).map(({ path }) => path)).toEqual([
    'rules[0].expression',
    'rules[1].expression',
  ])
})
