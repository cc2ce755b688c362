import {
  type ContactOperator,
  type ContactQuery,
  ContactQueryError,
  type ContactTest,
  didYouMean,
  parseContactQuery,
  wallTimeAt,
} from '@textloom/core'
import type { SqlParam } from '../db/sql.ts'
import { canonicalAddress } from '../host/numbers.ts'
import { type FieldDefinition, fieldExpression } from './fields.ts'
import { type NamedMoment, readMoment } from './moments.ts'

/** A group as queries name it. */
export interface GroupDefinition {
  readonly id: string
  /** Who belongs to a group of kind query; null for a static one. */
  readonly query: string | null
}

/** What a query is asked against. */
export interface QueryScope {
  readonly fields: readonly FieldDefinition[]
  readonly groups: readonly GroupDefinition[]
  /** Epoch milliseconds. */
  readonly now: number
  /** By whose clocks `today` and `2026-03-01` are days; default UTC. */
  readonly zone?: string | undefined
  /** ISO 3166 code by which national numbers are read. */
  readonly country?: string | undefined
}

/** Collects the parameters of a statement and gives their placeholders. */
export class Params {
  readonly list: SqlParam[] = []

  /** `$3::text` */
  add(value: SqlParam, type: string): string {
    this.list.push(value)
    return `$${this.list.length}::${type}`
  }
}

/**
 * The condition on a row `c` of `contact` that a query stands for.
 * @throws ContactQueryError where it cannot be read, or names a field or group that is not there
 */
export function conditionOf(text: string, scope: QueryScope, params: Params): string {
  return condition(parseContactQuery(text), { scope, params, within: [] })
}

/**
 * The condition on a row `c` of `contact` that somebody belongs to a group.
 * @throws ContactQueryError as `conditionOf`
 */
export function membershipOf(group: GroupDefinition, scope: QueryScope, params: Params): string {
  return membership(group, 0, { scope, params, within: [] })
}

interface Context {
  readonly scope: QueryScope
  readonly params: Params
  /** The groups whose queries this one stands in. */
  readonly within: readonly string[]
}

function condition(query: ContactQuery, context: Context): string {
  switch (query.kind) {
    case 'and':
    case 'or':
      return `(${query.parts.map((part) => condition(part, context)).join(` ${query.kind} `)})`
    case 'not':
      return not(condition(query.part, context))
    case 'words':
      return wordsOf(query.text, query.at, context)
    case 'test':
      return testOf(query, context)
  }
}

/** What is unknown is not so: `not x` is true wherever `x` is not. */
function not(text: string): string {
  return `(${text}) is not true`
}

function testOf(test: ContactTest, context: Context): string {
  const { subject, operator, value } = test
  switch (subject.of) {
    case 'phone':
      return phoneTest(test, context)
    case 'name':
      if (operator === '~') return nameWords(value.text, value.at, context)
      return textTest('lower(c.name)', test, context)
    case 'language':
    case 'timezone':
      return textTest(`lower(c.${subject.of})`, test, context)
    case 'group':
      return groupTest(test, context)
    case 'created':
      return momentTest('c.created_at', test, context)
    case 'last-reply':
      return momentTest('c.last_heard_at', test, context)
    case 'consent':
      return consentTest(subject.topic, test, context)
    case 'field':
      return fieldTest(subject.key, test, context)
  }
}

function isNone({ value }: ContactTest): boolean {
  return !value.isQuoted && value.text.toLowerCase() === 'none'
}

/** @throws ContactQueryError for an operator that says nothing about this */
function allow(test: ContactTest, what: string, ...operators: readonly ContactOperator[]): void {
  if (operators.includes(test.operator)) return
  const list = operators.length === 1 ? operators[0] : `${operators.slice(0, -1).join(', ')} or ${operators.at(-1)}`
  throw new ContactQueryError(`${what} is compared by ${list}, not by ${test.operator}.`, test.at)
}

function noneTest(expression: string, test: ContactTest, what: string): string {
  allow(test, `${what} and none`, '=', '!=')
  return `${expression} is ${test.operator === '=' ? '' : 'not '}null`
}

function textTest(expression: string, test: ContactTest, { params }: Context): string {
  if (isNone(test)) return noneTest(expression, test, 'a text')
  const { operator, value } = test
  if (operator === '~') {
    return `${expression} like '%' || lower(${params.add(likeText(value.text), 'text')}) || '%'`
  }
  allow(test, 'a text', '=', '!=', '~')
  const same = `${expression} = lower(${params.add(value.text, 'text')})`
  return operator === '=' ? same : not(same)
}

/** What stands for itself in a pattern of LIKE. */
function likeText(text: string): string {
  return text.replace(/[\\%_]/g, (mark) => `\\${mark}`)
}

function phoneTest(test: ContactTest, context: Context): string {
  const { operator, value } = test
  const { scope, params } = context
  allow(test, 'a phone number', '=', '!=', '~')
  if (operator === '~') return phoneLike(value.text, value.at, context)
  const same = `c.phone = ${params.add(canonicalAddress(value.text, scope.country), 'text')}`
  return operator === '=' ? same : not(same)
}

/** `+36` is how a number begins, `4567` how it ends. */
function phoneLike(text: string, at: number, { params }: Context): string {
  const compact = text.replace(/[\s().\-/]/g, '')
  if (!/^\+?\d{1,15}$/.test(compact)) {
    throw new ContactQueryError(
      `"${text}" is no part of a phone number: write its first digits behind a +, or its last ones.`,
      at,
    )
  }
  if (compact.startsWith('+')) return `c.phone like ${params.add(compact, 'text')} || '%'`
  const ending = params.add([...compact].reverse().join(''), 'text')
  if (compact.length < FEW_END_SO) return `reverse(c.phone) like ${ending} || '%'`
  return `c.phone = any(array(select e.phone from contact e
    where reverse(e.phone) ~>=~ ${ending} and reverse(e.phone) ~<~ (${ending} || chr(1114111))))`
}

/**
 * Of numbers that end in so many digits there are few: they are found first, by the index of reversed numbers. Plans are
 * made before their parameters are known, and such a plan finds no range of an index in LIKE, nor does it expect few.
 */
const FEW_END_SO = 3

/** A word alone: a word of the name that begins so, or the digits of a phone number. */
function wordsOf(text: string, at: number, context: Context): string {
  const compact = text.replace(/[\s().\-/]/g, '')
  if (!/^\+?\d{3,15}$/.test(compact)) return nameWords(text, at, context)
  if (compact.startsWith('+')) return phoneLike(compact, at, context)
  // 06 30 … and 0043 … are numbers as people dial them.
  const dialled = /^00\d/.test(compact) ? `+${compact.slice(2)}` : compact.replace(/^0/, '')
  return phoneLike(dialled, at, context)
}

function nameWords(text: string, at: number, { params }: Context): string {
  const words = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  if (words.length === 0)
    throw new ContactQueryError('there is no word to look for: write the beginning of a name.', at)
  const wanted = words.map((word) => `${word}:*`).join(' & ')
  return `to_tsvector('simple', coalesce(c.name, '')) @@ to_tsquery('simple', ${params.add(wanted, 'text')})`
}

function groupTest(test: ContactTest, context: Context): string {
  allow(test, 'a group', '=', '!=')
  const { value, operator } = test
  if (isNone(test)) {
    const any = 'exists (select 1 from group_member m where m.phone = c.phone)'
    return operator === '=' ? `not ${any}` : any
  }
  const { groups } = context.scope
  const found =
    groups.find(({ id }) => id === value.text) ?? groups.find(({ id }) => id.toLowerCase() === value.text.toLowerCase())
  if (found === undefined) {
    const hint = didYouMean(
      value.text,
      groups.map(({ id }) => id),
    )
    throw new ContactQueryError(
      `there is no group "${value.text}": name one that is, or make it first.${hint}`,
      value.at,
    )
  }
  const isIn = membership(found, value.at, context)
  return operator === '=' ? isIn : not(isIn)
}

/** Query groups may name each other this deep. */
const MOST_NESTED = 5

function membership({ id, query }: GroupDefinition, at: number, context: Context): string {
  const { params, within } = context
  if (query === null) {
    return `exists (select 1 from group_member m where m.group_id = ${params.add(id, 'text')} and m.phone = c.phone)`
  }
  if (within.includes(id)) {
    throw new ContactQueryError(`the group "${id}" would be made of itself: take it out of its own query.`, at)
  }
  if (within.length >= MOST_NESTED) {
    throw new ContactQueryError(
      `groups are made of each other more than ${MOST_NESTED} deep here: write out the query of "${id}".`,
      at,
    )
  }
  try {
    return condition(parseContactQuery(query), { ...context, within: [...within, id] })
  } catch (error) {
    if (!(error instanceof ContactQueryError) || within.length > 0) throw error
    throw new ContactQueryError(`the query of the group "${id}" does not work: ${error.message}`, at)
  }
}

function momentOf({ value }: ContactTest, { scope }: Context): NamedMoment {
  const moment = readMoment(value.text, { now: scope.now, zone: scope.zone ?? 'UTC' })
  if (moment !== undefined) return moment
  throw new ContactQueryError(
    `"${value.text}" is no date: write 2026-03-01, 2026-03-01T09:30, today, now, or a distance such as -30d (h, d, w, m, y).`,
    value.at,
  )
}

/** Days are whole days: `> 2026-03-01` begins with the day after, `<= 2026-03-01` ends with that day. */
function momentTest(column: string, test: ContactTest, context: Context): string {
  if (isNone(test)) return noneTest(column, test, 'a date')
  const { from, to } = momentOf(test, context)
  const bound = (at: number) => context.params.add(new Date(at).toISOString(), 'timestamptz')
  return rangeTest(column, test, { from: () => bound(from), to: () => bound(to), isInstant: from === to })
}

interface Bounds {
  readonly from: () => string
  readonly to: () => string
  /** True where both are the same moment, which belongs to the range then. */
  readonly isInstant: boolean
}

function rangeTest(column: string, test: ContactTest, { from, to, isInstant }: Bounds): string {
  switch (test.operator) {
    case '<':
      return `${column} < ${from()}`
    case '>=':
      return `${column} >= ${from()}`
    case '>':
      return `${column} ${isInstant ? '>' : '>='} ${to()}`
    case '<=':
      return `${column} ${isInstant ? '<=' : '<'} ${to()}`
    case '=':
    case '!=': {
      const within = `${column} >= ${from()} and ${column} ${isInstant ? '<=' : '<'} ${to()}`
      return test.operator === '=' ? `(${within})` : not(within)
    }
    default:
      allow(test, 'a date', '=', '!=', '<', '<=', '>', '>=')
      return 'false'
  }
}

function consentTest(topic: string, test: ContactTest, { params }: Context): string {
  allow(test, 'consent', '=', '!=')
  const state = test.value.text.toLowerCase()
  const about = (alias: string) => `${alias}.phone = c.phone`
  const out = () =>
    topic === ''
      ? `exists (select 1 from suppression s where ${about('s')} and s.topic = '')`
      : `exists (select 1 from suppression s where ${about('s')} and s.topic in ('', ${params.add(topic, 'text')}))`
  const said = (what: string) =>
    `exists (select 1 from consent k where k.topic = ${params.add(topic, 'text')} and ${about('k')} and k.state = '${what}')`
  const conditions: { readonly [state: string]: () => string } = {
    in: () => `(${said('in')} and not ${out()})`,
    out,
    pending: () => `(${said('pending')} and not ${out()})`,
    none: () =>
      `(not exists (select 1 from consent k where k.topic = ${params.add(topic, 'text')} and ${about('k')}) and not ${out()})`,
  }
  const found = Object.hasOwn(conditions, state) ? conditions[state]?.() : undefined
  if (found === undefined) {
    throw new ContactQueryError(`consent is in, out, pending or none, not "${test.value.text}".`, test.value.at)
  }
  return test.operator === '=' ? found : not(found)
}

function fieldTest(key: string, test: ContactTest, context: Context): string {
  const { scope, params } = context
  const field = scope.fields.find((one) => one.key === key)
  if (field === undefined) {
    const hint = didYouMean(
      key,
      scope.fields.map((one) => one.key),
    )
    throw new ContactQueryError(
      `there is no field "${key}": define it in the settings, or name another.${hint}`,
      test.at,
    )
  }
  const expression = fieldExpression(field, 'c.')
  if (isNone(test)) return noneTest(expression, test, field.title)
  const { operator, value } = test
  switch (field.type) {
    case 'text':
    case 'choice':
      return textTest(expression, test, context)
    case 'yes-no': {
      allow(test, field.title, '=', '!=')
      const word = value.text.toLowerCase()
      const isYes = ['yes', 'true'].includes(word)
      if (!isYes && !['no', 'false'].includes(word)) {
        throw new ContactQueryError(`${field.title} is yes, no or none, not "${value.text}".`, value.at)
      }
      const is = `${expression} in (${isYes ? "'true', 'yes'" : "'false', 'no'"})`
      return operator === '=' ? is : not(is)
    }
    case 'number': {
      allow(test, field.title, '=', '!=', '<', '<=', '>', '>=')
      if (!/^[+-]?\d{1,30}(?:\.\d{1,30})?$/.test(value.text)) {
        throw new ContactQueryError(`"${value.text}" is no number: write 18 or 2.5, say.`, value.at)
      }
      const compared = `${expression} ${operator === '!=' ? '=' : operator} ${params.add(value.text, 'numeric')}`
      return operator === '!=' ? not(compared) : compared
    }
    case 'date': {
      const { from, to } = momentOf(test, context)
      // Dates of contacts are clock times without a zone: their texts sort as they do.
      const bound = (at: number) => params.add(wallText(at, scope.zone ?? 'UTC'), 'text')
      return rangeTest(expression, test, { from: () => bound(from), to: () => bound(to), isInstant: from === to })
    }
  }
}

/** A day that begins is written without its time, so that it comes before every time of it. */
function wallText(at: number, zone: string): string {
  const { year, month, day, hour, minute, second, millisecond } = wallTimeAt(at, zone)
  const two = (number: number) => String(number).padStart(2, '0')
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  return hour + minute + second + millisecond === 0 ? date : `${date}T${two(hour)}:${two(minute)}`
}
