import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { split } from './index.ts'
import { type Operator, predicates } from './operators.ts'
import type { Rule } from './schema.ts'

const ask = (op: Operator, operand: string | readonly string[] = '', left = 'reply.text'): Rule => ({
  id: 'r',
  left,
  op,
  ...(typeof operand === 'string' ? { right: operand } : { list: [...operand] }),
})

/** Rules with ids by their places. */
const numbered = (rules: readonly Rule[]) => rules.map((rule, index) => ({ ...rule, id: `r${index}` }))

function shadowed(rules: readonly Rule[]): readonly string[] {
  const issues = split.check?.({ rules: numbered(rules) }) ?? []
  return issues.flatMap(({ code, path }) => (code === 'split/shadowed-rule' ? [path] : []))
}

describe('the last of some rules', () => {
  test.each([
    { rules: [ask('number-gt', '10'), ask('number-gt', '20')] },
    { rules: [ask('number-gte', '10'), ask('number-equals', '10')] },
    { rules: [ask('number-lt', '5'), ask('number-gte', '5'), ask('number-between', '1..9')] },
    { rules: [ask('number-between', '1..5'), ask('number-between', '5..9'), ask('number-between', '2..8')] },
    { rules: [ask('has-number'), ask('number-lte', '{{ vars.most }}')] },
    { rules: [ask('has-date'), ask('date-on', 'tomorrow')] },
    { rules: [ask('has-time'), ask('time-before', '08:30')] },
    { rules: [ask('not-empty'), ask('equals', 'yes')] },
    { rules: [ask('not-empty'), ask('has-email')] },
    { rules: [ask('one-of', ['Yes', 'ok']), ask('equals', 'YÉS')] },
    { rules: [ask('one-of', ['a', 'b', 'c']), ask('one-of', ['c', 'a'])] },
  ])('is told of where those before it leave nothing to it: $rules', ({ rules }) => {
    expect(shadowed(rules)).toEqual([`rules[${rules.length - 1}]`])
  })

  test.each([
    { rules: [ask('number-gt', '20'), ask('number-gt', '10')] },
    { rules: [ask('number-gt', '10'), ask('number-gte', '10')] },
    { rules: [ask('number-lt', '5'), ask('number-gt', '5'), ask('number-between', '1..9')] },
    { rules: [ask('number-gt', '10'), ask('number-gt', '20', 'vars.age')] },
    { rules: [ask('number-gt', '{{ vars.least }}'), ask('number-gt', '20')] },
    { rules: [ask('has-number'), ask('has-date')] },
    { rules: [ask('not-empty'), ask('equals', '{{ vars.none }}')] },
    { rules: [ask('not-empty'), ask('matches', '^$')] },
    { rules: [ask('not-empty'), ask('not-equals', 'yes')] },
    { rules: [ask('one-of', ['a', 'b']), ask('one-of', ['a', 'c'])] },
    { rules: [ask('one-of', ['a', '{{ vars.b }}']), ask('equals', 'b')] },
  ])('is not where they may leave something: $rules', ({ rules }) => {
    expect(shadowed(rules)).toEqual([])
  })
})

test('who takes all of it is said, and what to do', () => {
  const messagesOf = (...rules: readonly Rule[]) =>
    split.check?.({ rules: numbered(rules) }).map(({ message }) => message)
  expect(messagesOf(ask('number-gt', '10'), ask('number-gt', '20'))).toEqual([
    'Nobody gets to rule 2, "is more than 20": rule 1 takes all that it would. Move it up, or take it out.',
  ])
  expect(messagesOf(ask('number-lt', '5'), ask('number-gte', '5'), ask('number-between', '1..9'))?.[0]).toContain(
    'rule 2 or one above it takes all that it would',
  )
})

test('nobody ever leaves by a rule that is told of, and who can leave by a rule about numbers is never told of', () => {
  const number = fc.integer({ min: 0, max: 6 })
  const operators = fc.constantFrom<Operator>('number-equals', 'number-gt', 'number-gte', 'number-lt', 'number-lte')
  const rule = fc.oneof(
    fc.tuple(operators, number).map(([op, right]) => ask(op, String(right))),
    fc
      .tuple(number, number)
      .map(([one, other]) => ask('number-between', `${Math.min(one, other)}..${Math.max(one, other)}`)),
  )
  // Between and beyond the numbers of the rules, too.
  const said = Array.from({ length: 17 }, (_, index) => index / 2 - 1)
  const writer = { now: 0, timeZone: 'UTC', language: 'en', dateOrder: 'DMY' as const }
  fc.assert(
    fc.property(fc.array(rule, { minLength: 2, maxLength: 5 }), (rules) => {
      const fits = ({ op, right = '' }: Rule, value: number) =>
        predicates[op].holds(value, { text: right, list: [] }, writer)
      const left = new Set(said.map((value) => rules.findIndex((each) => fits(each, value))))
      const never = rules.flatMap((_, index) => (left.has(index) ? [] : [`rules[${index}]`]))
      const issues = split.check?.({ rules: numbered(rules) }) ?? []
      expect(issues.map(({ path }) => path).sort()).toEqual(never)
    }),
    { numRuns: 200 },
  )
})
