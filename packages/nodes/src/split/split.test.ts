import type { Json } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { holds } from './compare.ts'
import { split } from './index.ts'
import { isPath, templateOf } from './operand.ts'
import operatorsCases from './operators.cases.json' with { type: 'json' }
import { numberOperators, operatorLabels, operators, unaryOperators } from './operators.ts'
import { splitSchema } from './schema.ts'

const operatorCases: Readonly<Record<string, readonly { left: Json; right?: string | undefined; holds: boolean }[]>> =
  operatorsCases

const operatorOf = (name: string) => {
  const op = operators.find((operator) => operator === name)
  if (!op) throw new Error(`operators.cases.json knows "${name}", the operators do not.`)
  return op
}

describe.each(Object.entries(operatorCases))('%s', (name, cases) => {
  const op = operatorOf(name)
  test.each(cases)('%j', ({ left, right, holds: expected }) => {
    expect(holds(op, left, right ?? '')).toBe(expected)
  })
})

test('every operator has cases that hold and cases that do not, and a label', () => {
  expect(Object.keys(operatorCases)).toEqual([...operators])
  for (const cases of Object.values(operatorCases)) {
    expect(new Set(cases.map(({ holds }) => holds))).toEqual(new Set([true, false]))
  }
  expect(Object.keys(operatorLabels)).toEqual([...operators])
  expect([...unaryOperators].filter((op) => numberOperators.has(op))).toEqual([])
})

test.each([
  ['reply.text', true],
  ['vars.age', true],
  ['contact.fields.city', true],
  ['results.score.value', true],
  ['vars.list[0].name', true],
  ['age', false],
  ['vars', false],
  ['memory.ask', false],
  ['vars.', false],
  ['vars.a | size', false],
  ['{{ vars.a | size }}', false],
])('"%s" is a path: %s', (left, expected) => {
  expect(isPath(left)).toBe(expected)
  expect(templateOf(left)).toBe(expected ? `{{ ${left} }}` : left)
})

const rule = { id: 'a', left: 'reply.text', op: 'equals', right: 'x' } as const

test.each([
  { when: 'a rule is fine', rules: [rule], paths: [] },
  { when: 'the left side is a template', rules: [{ ...rule, left: '{{ vars.a | size }}' }], paths: [] },
  { when: 'the left side names nothing', rules: [{ ...rule, left: 'age' }], paths: ['rules.0.left'] },
  { when: 'the operator is unknown', rules: [{ ...rule, op: 'matches' }], paths: ['rules.0.op'] },
])('the data of a split has issues at $paths when $when', ({ rules, paths }) => {
  const result = splitSchema.safeParse({ rules })
  expect(result.error?.issues.map(({ path }) => path.join('.')) ?? []).toEqual(paths)
})

test.each([
  { rules: [], issues: ['split/no-rules at rules'] },
  { rules: [rule], issues: [] },
  { rules: [{ ...rule, right: ' ' }], issues: ['split/no-right at rules[0].right'] },
  { rules: [{ id: 'a', left: 'reply.text', op: 'contains' as const }], issues: ['split/no-right at rules[0].right'] },
  { rules: [{ id: 'a', left: 'reply.text', op: 'is-empty' as const }], issues: [] },
  { rules: [{ ...rule, op: 'number-gt' as const, right: 'ten' }], issues: ['split/no-number at rules[0].right'] },
  { rules: [{ ...rule, op: 'number-gt' as const, right: '{{ vars.limit }}' }], issues: [] },
  { rules: [{ ...rule, op: 'number-between' as const, right: '7..8' }], issues: [] },
  { rules: [{ ...rule, op: 'number-between' as const, right: '7' }], issues: ['split/no-number at rules[0].right'] },
])('$rules have the issues $issues', ({ rules, issues }) => {
  expect(split.check?.({ rules }).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test('templates are those of both sides, paths in braces', () => {
  expect(split.templates?.({ rules: [{ id: 'a', left: 'vars.a', op: 'equals', right: '{{ vars.b }}' }] })).toEqual([
    { path: 'rules[0].left', template: '{{ vars.a }}', use: 'value' },
    { path: 'rules[0].right', template: '{{ vars.b }}', use: 'value' },
  ])
})

describe('the first rule that fits decides', () => {
  const rules = [
    { id: 'fan', left: 'params.score', op: 'number-gte', right: '{{ vars.limit }}' },
    { id: 'fine', left: 'params.score', op: 'number-gte', right: '7' },
    { id: 'vip', left: 'contact.groups', op: 'contains', right: 'vip' },
    { id: 'local', left: 'contact.fields.city', op: 'equals', right: 'Győr' },
  ]
  const around = {
    variables: [{ name: 'limit', type: 'number' as const, default: 9 }],
    params: [{ name: 'score', type: 'number' as const }],
  }
  test.each([
    { score: 10, contact: {}, leftBy: 'fan' },
    { score: 8, contact: { groups: ['vip'] }, leftBy: 'fine' },
    { score: 3, contact: { groups: ['vip'], fields: { city: 'GYOR' } }, leftBy: 'vip' },
    { score: 3, contact: { fields: { city: 'GYOR' } }, leftBy: 'local' },
    { score: null, contact: {}, leftBy: 'other' },
  ])('a score of $score and the contact $contact leave by $leftBy', ({ score, contact, leftBy }) => {
    expect(sessionOn(split, { rules }, { ...around, values: { score }, contact }).leftBy).toBe(leftBy)
  })
})
