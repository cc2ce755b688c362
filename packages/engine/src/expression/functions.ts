import type { Environment } from '@marcbachmann/cel-js'
import { fold, type Json, readDate, wallTimeAt, words } from '@textloom/core'
import type { Place } from '../template/environment.ts'
import { shown } from '../template/shown.ts'
import { ExpressionError, NoValueError } from './expression-error.ts'

/** One function that expressions may use, with what the reference says about it. */
export interface ExpressionFunction {
  readonly usage: string
  readonly summary: string
  /** Expressions over the example values, and what they come to. The reference shows them and a test runs them. */
  readonly examples: readonly (readonly [expression: string, value: Json])[]
  /** Ours: how CEL knows it. Absent for CEL's own. */
  readonly signature?: string
  readonly of?: (value: unknown) => unknown
}

/** Every function there is. CEL's others are refused: `matches` can take for ever, `split` and `join` make too much. */
export const expressionFunctions: { readonly [name: string]: ExpressionFunction } = {
  has: cels('has(path)', 'Whether a variable or property has a value.', [
    ['has(vars.nickname)', false],
    ['has(contact.name)', true],
  ]),
  size: cels('size(value)', 'How many characters a text, or items a list has.', [['size(vars.items)', 2]]),
  contains: cels('text.contains(part)', 'Whether a text holds another, letter for letter.', [
    ['reply.text.contains("please")', true],
  ]),
  startsWith: cels('text.startsWith(part)', 'Whether a text begins with another.', [['"A1B2".startsWith("A")', true]]),
  endsWith: cels('text.endsWith(part)', 'Whether a text ends with another.', [['"A1B2".endsWith("2")', true]]),
  trim: cels('text.trim()', 'Without spaces at both ends.', [['" ok ".trim()', 'ok']]),
  exists: cels('list.exists(item, condition)', 'Whether the condition holds for an item.', [
    ['vars.slots.exists(slot, slot.free)', true],
  ]),
  exists_one: cels('list.exists_one(item, condition)', 'Whether it holds for exactly one.', [
    ['vars.slots.exists_one(slot, slot.price > 10)', false],
  ]),
  all: cels('list.all(item, condition)', 'Whether it holds for every item.', [
    ['vars.slots.all(slot, slot.price > 10)', true],
  ]),
  filter: cels('list.filter(item, condition)', 'The items for which it holds.', [
    ['size(vars.slots.filter(slot, slot.free))', 1],
  ]),
  map: cels('list.map(item, value)', 'What comes of each item.', [
    ['vars.slots.map(slot, slot.time)', ['11:30', '09:00']],
  ]),
  duration: cels('duration(text)', 'A length of time: `90s`, `45m`, `36h`.', [
    ['date("2026-03-02 12:00") - now < duration("24h")', true],
  ]),
  int: cels('int(number)', 'A whole number, cut off.', [['int(3.9)', 3]]),
  number: ours('number', 'dyn', 'double', 'The number that a text holds.', [['number("4.5") + 1', 5.5]], toNumber),
  text: ours('text', 'dyn', 'string', 'Anything as text.', [['text(vars.count) + " items"', '3 items']], (value) => {
    const text = shown(plainNumbers(value))
    charge(text.length)
    return text
  }),
  fold: ours(
    'fold',
    'string',
    'string',
    'A text without regard to letter case and accents, to compare by.',
    [['fold(contact.name) == fold("EVA")', true]],
    (value) => {
      charge(String(value).length)
      return fold(String(value))
    },
  ),
  words: ours(
    'words',
    'string',
    'list<string>',
    'The words of a text, folded: at most 100.',
    [['"yes" in words(reply.text)', true]],
    (value) => {
      charge(String(value).length)
      return words(String(value)).slice(0, maxItems)
    },
  ),
  date: ours(
    'date',
    'dyn',
    'google.protobuf.Timestamp',
    "A date written as templates read it; without a zone it is in the contact's.",
    [['date("2026-07-01") > now', true]],
    (value) => {
      const read = readDate(plainNumbers(value), running.zone)
      if (!read) throw new NoValueError('That is no date.')
      return new Date(read.instant)
    },
  ),
  year: clock('year', 'The year of a date where the contact is.', [['year(now)', 2026]], ({ year }) => year),
  month: clock('month', 'The month, from 1 to 12.', [['month(now)', 3]], ({ month }) => month),
  day: clock('day', 'The day of the month.', [['day(now)', 1]], ({ day }) => day),
  hour: clock('hour', 'The hour, from 0 to 23.', [['hour(now) >= 9 && hour(now) < 17', true]], ({ hour }) => hour),
  minute: clock('minute', 'The minute.', [['minute(now)', 30]], ({ minute }) => minute),
  weekday: clock(
    'weekday',
    'The day of the week, from 1 for Monday to 7 for Sunday.',
    [['weekday(now)', 7]],
    (wall) => {
      return new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay() || 7
    },
  ),
}

/** Functions that go over a list, with a name for its items. */
export const macros: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map'])

/** Items that a list may have where an expression goes over it. */
export const maxItems = 100
/** Characters that the functions of one evaluation may go through. */
const maxCharacters = 1_000_000

/** What the functions need of the evaluation they are part of; evaluations never wait, so there is one at a time. */
const running = { zone: 'UTC', left: 0 }

/** Evaluates with the functions knowing where the contact is, and counting from the beginning. */
export function during<T>({ zone }: Place, evaluate: () => T): T {
  running.zone = zone
  running.left = maxCharacters
  return evaluate()
}

/** Makes an environment know our functions, and numbers that are whole beside those that are not. */
export function withFunctions(environment: Environment): Environment {
  for (const { signature, of } of Object.values(expressionFunctions)) {
    if (signature && of) environment.registerFunction(signature, of)
  }
  for (const [operator, reckon] of Object.entries(reckonings)) {
    environment.registerOperator(`double ${operator} int`, reckon)
    environment.registerOperator(`int ${operator} double`, reckon)
  }
  environment.registerOperator('double % double', (a: number, b: number) => modulo(a, b))
  environment.registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
  return environment
}

/** Where types are known, CEL wants to be told that a number may be among whole ones; values it compares by itself. */
export function withNumberLists(environment: Environment): Environment {
  return environment
    .registerOperator('double in list<int>', (a: number, list: bigint[]) => list.some((b) => Number(b) === a))
    .registerOperator('int in list<double>', (a: bigint, list: number[]) => list.includes(Number(a)))
}

type Numeric = number | bigint

const reckonings: { readonly [operator: string]: (a: Numeric, b: Numeric) => number } = {
  '+': (a, b) => Number(a) + Number(b),
  '-': (a, b) => Number(a) - Number(b),
  '*': (a, b) => Number(a) * Number(b),
  '/': (a, b) => Number(a) / Number(b),
  '%': modulo,
}

/** As the filter of templates has it. */
function modulo(a: Numeric, b: Numeric): number {
  const [value, divisor] = [Number(a), Number(b)]
  return ((value % divisor) + divisor) % divisor
}

function cels(usage: string, summary: string, examples: ExpressionFunction['examples']): ExpressionFunction {
  return { usage, summary, examples }
}

function ours(
  name: string,
  takes: string,
  gives: string,
  summary: string,
  examples: ExpressionFunction['examples'],
  of: (value: unknown) => unknown,
): ExpressionFunction {
  const argument = takes === 'string' ? 'text' : takes === 'dyn' ? 'value' : 'date'
  return { usage: `${name}(${argument})`, summary, examples, signature: `${name}(${takes}): ${gives}`, of }
}

function clock(
  name: string,
  summary: string,
  examples: ExpressionFunction['examples'],
  of: (wall: ReturnType<typeof wallTimeAt>) => number,
): ExpressionFunction {
  return ours(name, 'google.protobuf.Timestamp', 'double', summary, examples, (value) =>
    of(wallTimeAt((value as Date).getTime(), running.zone)),
  )
}

function toNumber(value: unknown): number {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) throw new NoValueError('That is no number.')
  return number
}

function plainNumbers(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}

function charge(characters: number): void {
  running.left -= characters
  if (running.left < 0) throw new ExpressionError('The expression goes through too much text. Make it simpler.')
}
