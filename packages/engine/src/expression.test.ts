import type { Json } from '@textloom/core'
import { describe, expect, test } from 'vitest'
import {
  checkExpression,
  ExpressionError,
  type ExpressionNames,
  evaluateExpression,
  expressionFunctions,
  expressionVariables,
} from './expression.ts'
import { exampleScope } from './testing/example-scope.ts'

const names: ExpressionNames = {
  vars: new Map([
    ['age', 'number'],
    ['name', 'text'],
    ['open', 'boolean'],
    ['order', 'json'],
    ['count', 'number'],
    ['price', 'number'],
    ['nickname', 'text'],
    ['items', 'json'],
    ['slots', 'json'],
  ]),
  params: new Map([['room', 'text']]),
  results: new Map([['vote', 'number']]),
}

function over(vars: { readonly [name: string]: Json }) {
  return { ...exampleScope, context: { ...exampleScope.context, vars } }
}

const examples = Object.entries(expressionFunctions).flatMap(([name, { examples }]) =>
  examples.map(([expression, value]) => ({ name, expression, value })),
)

describe('expressions', () => {
  test.each(examples)('$name: $expression is $value', ({ name, expression, value }) => {
    expect(expression).toContain(name)
    expect(checkExpression(expression, names)).toEqual([])
    expect(evaluateExpression(expression, exampleScope)).toEqual(value)
  })

  test.each<[string, Json]>([
    ['vars.age > 18', true],
    ['vars.age == 42', true],
    ['42 == vars.age', true],
    ['vars.age != 42', false],
    ['vars.age in [41, 42]', true],
    ['vars.age + 1', 43],
    ['1 + vars.age / 4', 11.5],
    ['vars.age % 5', 2],
    ['vars.age % 5.0', 2],
    ['-vars.age', -42],
    ['vars.open && vars.age >= 18', true],
    ['!vars.open || vars.name == "Éva"', true],
    ['vars.name + "!"', 'Éva!'],
    ['vars.order.items[0].sku', 'A'],
    ['vars.order["id"] == 7', true],
    ['"vip" in contact.groups', true],
    ['contact.fields.city == "Pécs"', true],
    ['results.size.value == "l" && params.order == "A1B2"', true],
    ['vars.age > 18 ? "adult" : "child"', 'adult'],
    ['now', '2026-03-01T12:30:00.000Z'],
    ['[1, "a", vars.age, {"x": true}]', [1, 'a', 42, { x: true }]],
    ['hour(date("2026-07-01T09:30:00Z"))', 11],
    ['vars.missing > 3', null],
    ['vars.none > 3', null],
    ['has(vars.none)', false],
    ['has(vars.none) && vars.none > 3', false],
    ['vars.open || vars.missing > 3', true],
    ['vars.name > 3', null],
    ['number(vars.name) > 3', null],
    ['date(vars.name) > now', null],
    ['vars.order.items[9].sku', null],
    ['vars.age / 0', null],
    ['1 / 0', null],
    ['vars.constructor', null],
    ['vars.order.__proto__', null],
    ['duration("1h")', null],
  ])('%s is %j', (expression, value) => {
    const vars = { age: 42, name: 'Éva', open: true, none: null, order: { id: 7, items: [{ sku: 'A' }] } }
    expect(evaluateExpression(expression, over(vars))).toEqual(value)
  })

  test.each([
    ['vars.age == 42', []],
    ['vars.agee > 3', ['5-9 There is no "agee" there. Did you mean "age"?']],
    [
      'age > 3',
      [
        '0-3 There is nothing called "age". Names begin with vars, params, results, contact, reply, channel, or are now.',
      ],
    ],
    ['vars.name > 3', ['0-13 These do not go together: text > number.']],
    ['vars.open + 1 == 2', ['0-13 These do not go together: true or false + number.']],
    ['vars.age == "42"', ['0-16 These do not go together: number == text.']],
    ['results.vote.value > 3 && results.vote.category == "a"', []],
    ['params.room.size() > 1', []],
    ['vars.order.anything.goes == 1', []],
    ['vars.age >', ['10-10 The expression breaks off here.']],
    ['vars.age > 3 )', ['13-14 This cannot be read here: )']],
    ['', ['0-0 The expression is empty.']],
    [
      'vars.name.matches("(a+)+$")',
      ['0-27 Patterns can take for ever: use contains, startsWith or words instead of matches.'],
    ],
    ['lenght(vars.name)', ['0-17 There is no function "lenght".']],
    ['vars.name.startWith("a")', ['0-24 There is no function "startWith". Did you mean "startsWith"?']],
    ['cel.bind(x, 1, x)', ['0-17 There is no function "bind".']],
    [
      'vars.order.map(a, vars.order.map(b, vars.order.map(c, c)))',
      ['36-56 map stands within 2 others already: go over lists less deep.'],
    ],
    [
      '(vars.order + vars.order).exists(a, a == 1)',
      ['1-24 exists can go over a variable, a list, words(…), filter or map: a list of at most 100 items.'],
    ],
    [`${'1 + '.repeat(400)}1`, ['expression']],
    ['x'.repeat(2_001), ['2000-2001 The expression is longer than 2000 characters.']],
  ])('the check of %s finds %j', (expression, issues) => {
    const found = checkExpression(expression, names).map(({ start, end, message }) => `${start}-${end} ${message}`)
    if (issues[0] === 'expression') expect(found).toHaveLength(1)
    else expect(found).toEqual(issues)
  })

  test.each(['vars.age >', 'vars.name.matches("a")', 'join(vars.name)', ''])('%s is not evaluated', (expression) => {
    expect(() => evaluateExpression(expression, exampleScope)).toThrow(ExpressionError)
  })

  test('a list of more than 100 items is not gone over, but may be there', () => {
    const scope = over({ long: Array.from({ length: 101 }, (_, index) => index) })
    expect(evaluateExpression('size(vars.long)', scope)).toBe(101)
    expect(() => evaluateExpression('vars.long.exists(x, x == 1)', scope)).toThrow('one has 101 items: at most 100')
  })

  test('the largest there is takes no time worth a word', () => {
    const list = Array.from({ length: 100 }, () => 'x'.repeat(1_000))
    const startedAt = performance.now()
    expect(() => evaluateExpression('vars.list.all(a, vars.list.all(b, fold(a) == fold(b)))', over({ list }))).toThrow(
      'goes through too much text',
    )
    expect(evaluateExpression('vars.list.all(a, vars.list.all(b, a == b))', over({ list }))).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  test.each([
    ['vars.age > 3 &&\n has(contact.fields.city)', ['vars.age 1:1', 'contact.fields.city 2:6']],
    ['vars.list.exists(x, x == vars.age)', ['vars.list 1:1', 'vars.age 1:26']],
    ['vars.list[vars.index].a', ['vars.list 1:1', 'vars.index 1:11']],
  ])('%s reads %j', (expression, reads) => {
    const found = expressionVariables(expression).map(
      ({ segments, line, column }) => `${segments.join('.')} ${line}:${column}`,
    )
    expect(found).toEqual(reads)
  })
})
