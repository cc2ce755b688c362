import type { Json, Scope } from '@textloom/core'
import { sessionOn } from '@textloom/engine/testing'
import { describe, expect, test } from 'vitest'
import { dateOrderOf } from '../recognise/context.ts'
import forms from './cases/forms.json' with { type: 'json' }
import numbers from './cases/numbers.json' with { type: 'json' }
import texts from './cases/text.json' with { type: 'json' }
import words from './cases/words.json' with { type: 'json' }
import { split } from './index.ts'
import { isPath, templateOf } from './operand.ts'
import { type Operator, operatorLabels, operators, operatorsWith, predicates } from './operators.ts'
import { splitSchema } from './schema.ts'

interface OperatorCase {
  readonly left: Json
  readonly right?: string
  readonly list?: readonly string[]
  readonly holds: boolean
  /** The contact's language, country and zone: en, none and UTC when absent. It is noon in UTC on 5 March 2026. */
  readonly language?: string
  readonly country?: string
  readonly timeZone?: string
}

const cases = { ...texts, ...words, ...numbers, ...forms } as unknown as Readonly<
  Record<Operator, readonly OperatorCase[]>
>

function holds(op: Operator, { left, right = '', list = [], ...contact }: OperatorCase): boolean {
  const { language = 'en', country, timeZone = 'UTC' } = contact
  const writer = {
    now: Date.parse('2026-03-05T12:00:00Z'),
    timeZone,
    language,
    dateOrder: dateOrderOf(language, country),
    ...(country === undefined ? {} : { country }),
  }
  return predicates[op].holds(left, { text: right, list }, writer)
}

describe.each(operators)('%s', (op) => {
  test.each(cases[op])('%j', (row) => {
    expect(holds(op, row)).toBe(row.holds)
  })

  test('has 20 cases, of those that hold and those that do not and of other scripts', () => {
    expect(cases[op].length).toBeGreaterThanOrEqual(20)
    expect(new Set(cases[op].map((row) => row.holds))).toEqual(new Set([true, false]))
    expect(
      cases[op].filter((row) => /[^\p{sc=Latin}\p{sc=Common}]/u.test(JSON.stringify(row))).length,
    ).toBeGreaterThanOrEqual(3)
  })
})

test('operators and cases are the same, and each has a label of its own', () => {
  expect(Object.keys(cases).sort()).toEqual([...operators].sort())
  expect(new Set(Object.values(operatorLabels)).size).toBe(operators.length)
})

test('a comparison with what an operator does not know is never true', () => {
  for (const op of operatorsWith('words', 'number', 'range', 'date', 'time', 'pattern', 'list')) {
    const isNegation = op === 'not-one-of'
    for (const left of ['', 'x', null, 5, [], {}])
      expect([op, holds(op, { left, holds: false })]).toEqual([op, isNegation])
  }
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
  { when: 'the operator is unknown', rules: [{ ...rule, op: 'resembles' }], paths: ['rules.0.op'] },
])('the data of a split has issues at $paths when $when', ({ rules, paths }) => {
  const result = splitSchema.safeParse({ rules })
  expect(result.error?.issues.map(({ path }) => path.join('.')) ?? []).toEqual(paths)
})

const reply = (op: Operator, operand: string | readonly string[] = '') => ({
  id: 'a',
  left: 'reply.text',
  op,
  ...(typeof operand === 'string' ? { right: operand } : { list: [...operand] }),
})

test.each([
  { rules: [], issues: ['split/no-rules at rules'] },
  { rules: [rule], issues: [] },
  { rules: [{ ...rule, right: ' ' }], issues: ['split/no-right at rules[0].right'] },
  { rules: [{ id: 'a', left: 'reply.text', op: 'contains' as const }], issues: ['split/no-right at rules[0].right'] },
  { rules: [reply('is-empty')], issues: [] },
  { rules: [reply('equals', '\u200B')], issues: ['split/no-words at rules[0].right'] },
  { rules: [reply('phrase', '?!')], issues: ['split/no-words at rules[0].right'] },
  { rules: [reply('any-word', '👍')], issues: [] },
  { rules: [reply('one-of', [])], issues: ['split/no-right at rules[0].list'] },
  { rules: [reply('any-phrase', [' ', ''])], issues: ['split/no-right at rules[0].list'] },
  { rules: [reply('any-phrase', ['', '{{ vars.city }}'])], issues: [] },
  { rules: [reply('number-gt', 'ten')], issues: ['split/no-number at rules[0].right'] },
  { rules: [reply('number-gt', '{{ vars.limit }}')], issues: [] },
  { rules: [reply('number-between', '7..8')], issues: [] },
  { rules: [reply('number-between', '7')], issues: ['split/no-number at rules[0].right'] },
  { rules: [reply('number-between', '8..7')], issues: ['split/empty-range at rules[0].right'] },
  { rules: [reply('date-before', '2026-03-05')], issues: [] },
  { rules: [reply('date-before', 'in 3 days')], issues: [] },
  { rules: [reply('date-before', '25/3/2026')], issues: [] },
  { rules: [reply('date-before', '5/3/2026')], issues: ['split/doubtful-date at rules[0].right'] },
  { rules: [reply('date-before', 'someday')], issues: ['split/no-date at rules[0].right'] },
  { rules: [reply('time-after', '08:30')], issues: [] },
  { rules: [reply('time-after', '8')], issues: ['split/no-time at rules[0].right'] },
  { rules: [reply('matches', '\\d{4}')], issues: [] },
  { rules: [reply('matches', '[a-')], issues: ['split/bad-pattern at rules[0].right'] },
  { rules: [reply('matches-whole', '(?=x)')], issues: ['split/bad-pattern at rules[0].right'] },
  { rules: [rule, { ...rule, id: 'b' }], issues: ['split/repeated-rule at rules[1]'] },
  { rules: [reply('one-of', ['a, b']), { ...reply('one-of', ['a', 'b']), id: 'b' }], issues: [] },
])('$rules have the issues $issues', ({ rules, issues }) => {
  expect(split.check?.({ rules }).map(({ code, path }) => `${code} at ${path}`)).toEqual(issues)
})

test('templates are those of both sides, paths in braces', () => {
  expect(split.templates?.({ rules: [{ id: 'a', left: 'vars.a', op: 'equals', right: '{{ vars.b }}' }] })).toEqual([
    { path: 'rules[0].left', template: '{{ vars.a }}', use: 'value' },
    { path: 'rules[0].right', template: '{{ vars.b }}', use: 'value' },
  ])
})

test('the templates of a list are its items', () => {
  const rules = [{ id: 'a', left: 'vars.a', op: 'one-of' as const, list: ['{{ vars.b }}', 'c'] }]
  expect(split.templates?.({ rules }).map(({ path }) => path)).toEqual([
    'rules[0].left',
    'rules[0].list[0]',
    'rules[0].list[1]',
  ])
})

describe('the first rule that fits decides', () => {
  const rules = [
    { id: 'fan', left: 'params.score', op: 'number-gte', right: '{{ vars.limit }}' },
    { id: 'fine', left: 'params.score', op: 'number-gte', right: '7' },
    { id: 'vip', left: 'contact.groups', op: 'contains', right: 'vip' },
    { id: 'local', left: 'contact.fields.city', op: 'one-of', list: ['Pécs', '{{ vars.town }}'] },
  ]
  const around = {
    variables: [
      { name: 'limit', type: 'number' as const, default: 9 },
      { name: 'town', type: 'text' as const, default: 'Győr' },
    ],
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

test('what cannot be computed has no value', () => {
  const scope = {
    context: { contact: { phone: '+15550001', fields: {}, groups: [] }, channel: { id: '4040' } },
    now: 0,
    render: (template: string) => template,
    evaluate: () => {
      throw new Error('no such filter')
    },
  } as unknown as Scope
  const asks = (op: Operator) => split.guards?.holds?.(scope, { left: '{{ vars.a }}', op, right: '', list: [] })
  expect(asks('is-missing')).toBe(true)
  expect(() => asks('is-empty')).toThrow('no such filter')
})
