import { fold, letterOfSpacedWord } from '@textloom/core'
import { addDays, addMonths, type CivilDate, civilDate, daysBetween, weekdayOf } from './civil.ts'
import type { DateOrder, RecogniseContext } from './context.ts'
import { type DateWords, dateWords } from './date-words.ts'

/** One way to write a date: where it may stand in a folded text, and which day it is. */
export interface DateRule {
  readonly shape: RegExp
  readonly read: (groups: Groups, today: CivilDate) => CivilDate | undefined
}

type Groups = { readonly [name: string]: string | undefined }

/** The rules for numbers, and for the words of the writer's own language and English; made once for each. */
export function rulesFor({
  language,
  dateOrder,
}: Pick<RecogniseContext, 'language' | 'dateOrder'>): readonly DateRule[] {
  const tongue = tongueOf(language)
  return made(`${tongue} ${dateOrder}`, () => [
    ...numberRules(dateOrder, tongue),
    ...[...new Set([tongue, 'en'])].flatMap((tag) => rulesOf(dateWords[tag], tag, () => true)),
  ])
}

/**
 * The rules for the long words of every other language that stand in a folded text. A short word of a language that the
 * writer may not know is too often a word of theirs: "ma" is Hungarian for today.
 */
export function foreignRulesFor(said: string, language: string): readonly DateRule[] {
  const own = [tongueOf(language), 'en']
  return Object.entries(dateWords).flatMap(([tag, words]) => {
    const isSpoken = !own.includes(tag) && longWordsOf(tag, words).some((word) => said.includes(word))
    return isSpoken ? made(`foreign ${tag}`, () => rulesOf(words, tag, isLong)) : []
  })
}

const rulesMade = new Map<string, readonly DateRule[]>()

function made(key: string, make: () => readonly DateRule[]): readonly DateRule[] {
  const rules = rulesMade.get(key) ?? make()
  rulesMade.set(key, rules)
  return rules
}

const longWords = new Map<string, readonly string[]>()

function longWordsOf(tag: string, { months, weekdays, days, ahead, ago }: DateWords): readonly string[] {
  const known = longWords.get(tag)
  if (known) return known
  const names = [...months, ...weekdays].flatMap((list) => list.split(' '))
  const frames = [...ahead, ...ago].map((frame) => frame.replace(/ ?# ?/, ''))
  const long = [...names, ...Object.keys(days), ...frames].map(fold).filter(isLong)
  longWords.set(tag, long)
  return long
}

function tongueOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? ''
}

const startOfNumber = String.raw`(?<![\p{L}\d]|\d[.,/:-])`
const endOfNumber = String.raw`(?![\p{L}\d]|[./:-]\d)`
const separator = String.raw`(?:\. |[./ -])`

function numberRules(order: DateOrder, tongue: string): readonly DateRule[] {
  const [first, second] = order === 'DMY' ? ['day', 'month'] : ['month', 'day']
  const short = order === 'YMD' ? [String.raw`(?<year>\d{2})(?<s>[./-])(?<month>\d{1,2})\k<s>(?<day>\d{1,2})`] : []
  const shapes = [
    // 2026-03-05 · 2026.03.05. · 2026. 3. 5.
    String.raw`${startOfNumber}(?<year>\d{4})(?:\. ?|[/ -])(?<month>\d{1,2})(?:\. ?|[/ -])(?<day>\d{1,2})(?=t\d|\D|$)${String.raw`(?![\d]|[/-]\d)`}`,
    // 20260305
    String.raw`${startOfNumber}(?<year>(?:19|20|21)\d{2})(?<month>\d{2})(?<day>\d{2})${endOfNumber}`,
    // 5/3/2026 · 5.3.26 · 5. 3. 2026
    String.raw`${startOfNumber}(?<${first}>\d{1,2})${separator}(?<${second}>\d{1,2})${separator}(?<year>\d{4})${endOfNumber}`,
    ...short.map((shape) => startOfNumber + shape + endOfNumber),
    String.raw`${startOfNumber}(?<${first}>\d{1,2})(?<s>[./-])(?<${second}>\d{1,2})\k<s>(?<year>\d{2})${endOfNumber}`,
    // 5/3 · 5.3. (a single dot is a decimal, a dash a range)
    String.raw`${startOfNumber}(?<${first}>\d{1,2})/(?<${second}>\d{1,2})${endOfNumber}`,
    String.raw`${startOfNumber}(?<${first}>\d{1,2})\. ?(?<${second}>\d{1,2})\.${endOfNumber}`,
  ]
  // 2026年3月5日 · 3月5日 · 2026년 3월 5일
  const eastern = String.raw`(?:(?<year>\d{4}) ?[年년] ?)?(?<month>\d{1,2}) ?[月월] ?(?<day>\d{1,2}) ?(?:[日号號]|일)?(?!\d)`
  return [...shapes, eastern].map((shape) => ({ shape: new RegExp(shape, 'gu'), read: readNumbers(tongue) }))
}

/** A day or month that only fits the other way round is read that way round: 3/25 is in March everywhere. */
function readNumbers(tongue: string): DateRule['read'] {
  return ({ year, month, day }, today) => {
    const [m, d] = [Number(month), Number(day)]
    const on = (mm: number, dd: number) =>
      year === undefined ? nearest(mm, dd, today) : civilDate(fullYear(year, today, tongue), mm, dd)
    return on(m, d) ?? (d <= 12 ? on(d, m) : undefined)
  }
}

/** Two digits are a year from 79 years ago to 20 years ahead. In Thai, years count from 543 BC. */
function fullYear(year: string, today: CivilDate, tongue: string): number {
  const number = Number(year)
  if (year.length === 4) return tongue === 'th' && number > 2400 ? number - 543 : number
  const inThisCentury = today.year - (today.year % 100) + number
  if (inThisCentury > today.year + 20) return inThisCentury - 100
  return inThisCentury < today.year - 79 ? inThisCentury + 100 : inThisCentury
}

/** The day in the year that puts it between three months back and nine months ahead; 29 February in the next it has. */
function nearest(month: number, day: number, today: CivilDate): CivilDate | undefined {
  return [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8]
    .map((years) => civilDate(today.year + years, month, day))
    .find((date) => date !== undefined && daysBetween(date, today) <= 90)
}

function isLong(word: string): boolean {
  return /^[\p{sc=Latin} ]+$/u.test(word) ? word.length > 4 : true
}

function rulesOf(words: DateWords | undefined, tongue: string, counts: (word: string) => boolean): readonly DateRule[] {
  if (!words) return []
  const months = namesOf(words.months, counts)
  const weekdays = namesOf(words.weekdays, counts)
  const days = new Map(Object.entries(words.days).map(([word, offset]) => [fold(word), offset]))
  const counted = [...days.keys()].filter(counts)
  const rules: DateRule[] = []
  if (months.size > 0) rules.push(...monthRules(months, tongue))
  if (weekdays.size > 0) rules.push(...weekdayRules(words, weekdays))
  const short = namesOf(words.shortWeekdays ?? [], counts)
  if (short.size > 0) {
    const shape = new RegExp(`^(?<weekday>${anyOf(short.keys())})[.!]?$`, 'gu')
    rules.push({ shape, read: ({ weekday = '' }, today) => comingWeekday(short.get(weekday) ?? 1, today) })
  }
  if (counted.length > 0) {
    const shape = whole(`(?<word>${anyOf(counted)})`)
    rules.push({ shape, read: ({ word = '' }, today) => addDays(today, days.get(word) ?? 0) })
  }
  return [...rules, ...amountRules(words, counts)]
}

function monthRules(months: ReadonlyMap<string, number>, tongue: string): readonly DateRule[] {
  const month = `(?<month>${anyOf(months.keys())})`
  const read: DateRule['read'] = (groups, today) => {
    const number = String(months.get(groups.month ?? '') ?? 0)
    const { day, year } = groups
    return day === undefined ? undefined : readNumbers(tongue)({ month: number, day, ...(year ? { year } : {}) }, today)
  }
  const day = String.raw`(?<day>\d{1,2})`
  const ordinal = String.raw`(?:st|nd|rd|th|er|e|o|a|º|ª|\.|-?(?:en|an|i|e|ere|are|ig|jen|jan))?`
  const year = String.raw`(?:[ ,./-]*(?:de |del |of )?(?<year>\d{4}|'?\d{2}(?![:.h\d])))?`
  return [
    // 5 March 2026 · 5th of March · 5 de marzo de 2026 · 5. Marz · 5-Mar-26
    whole(String.raw`${day} ?${ordinal}[ ,/-]*(?:of |de |di |del )?${month}\.?${year}`, true),
    // March 5, 2026 · Mar. 5th
    whole(String.raw`${month}\.?[ -]?${day}(?!\d|[:h]\d)${ordinal}(?:[ ,/-]+(?:de |del |of )?(?<year>\d{4}))?`),
    // 2026. marcius 5-en · 2026 March 5
    whole(String.raw`(?<year>\d{4})[.,]? ?${month}\.?[ -]?${day}(?!\d)${ordinal}`, true),
  ].map((shape) => ({ shape, read }))
}

function weekdayRules(words: DateWords, weekdays: ReadonlyMap<string, number>): readonly DateRule[] {
  const weekday = `(?<weekday>${anyOf(weekdays.keys())})`
  const [next, last] = [anyOf(words.next.map(fold)), anyOf(words.last.map(fold))]
  const week = (weeks: number): DateRule['read'] => {
    return ({ weekday = '' }, today) => {
      const wanted = weekdays.get(weekday) ?? 1
      return addDays(today, wanted - weekdayOf(today) + 7 * weeks)
    }
  }
  return [
    { shape: whole(`(?:${next}) ?${weekday}`), read: week(1) },
    { shape: whole(`${weekday} ?(?:${next})`), read: week(1) },
    { shape: whole(`(?:${last}) ?${weekday}`), read: week(-1) },
    { shape: whole(`${weekday} ?(?:${last})`), read: week(-1) },
    { shape: whole(weekday), read: ({ weekday: name = '' }, today) => comingWeekday(weekdays.get(name) ?? 1, today) },
  ]
}

function amountRules({ units, ahead, ago }: DateWords, counts: (word: string) => boolean): readonly DateRule[] {
  const unitOf = new Map(
    (['day', 'week', 'month', 'year'] as const).flatMap((unit) =>
      units[unit].map((word) => [fold(word), unit] as const),
    ),
  )
  const amount = String.raw`(?<amount>\d{1,4}) ?(?<unit>${anyOf(unitOf.keys())})`
  const rule = (frame: string, sign: 1 | -1): DateRule => ({
    shape: whole(
      fold(frame).replace(/ ?# ?/, (hash) => hash.replace('#', amount)),
      frame.startsWith('#'),
    ),
    read: ({ amount: count = '0', unit = '' }, today) =>
      counted(Number(count) * sign, unitOf.get(unit) ?? 'day', today),
  })
  return [
    ...ahead.filter((frame) => counts(frame.replace(/ ?# ?/, ''))).map((frame) => rule(frame, 1)),
    ...ago.filter((frame) => counts(frame.replace(/ ?# ?/, ''))).map((frame) => rule(frame, -1)),
  ]
}

function counted(amount: number, unit: 'day' | 'week' | 'month' | 'year', today: CivilDate): CivilDate | undefined {
  const date =
    unit === 'day' || unit === 'week'
      ? addDays(today, unit === 'week' ? amount * 7 : amount)
      : addMonths(today, unit === 'year' ? amount * 12 : amount)
  return civilDate(date.year, date.month, date.day)
}

/** The next such day after today: who says "Friday" on a Friday would else say "today". */
function comingWeekday(weekday: number, today: CivilDate): CivilDate {
  return addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1)
}

/** Name → place in the list, counted from 1. */
function namesOf(lists: readonly string[], counts: (word: string) => boolean): ReadonlyMap<string, number> {
  const names = lists.flatMap((list, index) => list.split(' ').map((name) => [fold(name), index + 1] as const))
  return new Map(names.filter(([name]) => counts(name)))
}

/** The longest first, for the first that fits is taken. */
function anyOf(names: Iterable<string>): string {
  return [...names]
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replaceAll('.', String.raw`\.`))
    .join('|')
}

/** A shape that stands between words; beside letters of scripts without spaces nothing tells words apart. */
function whole(source: string, startsWithNumber = false): RegExp {
  const before = startsWithNumber ? startOfNumber : String.raw`(?<!${letterOfSpacedWord}|\p{L}-)`
  return new RegExp(`${before}${source}(?!${letterOfSpacedWord})`, 'gu')
}
