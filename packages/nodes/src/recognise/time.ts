import { fold, letterOfSpacedWord } from '@textloom/core'
import { civilAt, isoTime } from './civil.ts'
import type { RecogniseContext, Recognised } from './context.ts'
import { readInstant } from './instant.ts'

/**
 * The first time of day in a text as `HH:MM` of 24 hours: `15:30`, `3.30pm`, `15h30`, `15 Uhr`, `du. 3-kor`, `este 8`,
 * `jam 7 malam`, `下午3点半`, `noon`. A bare number is no time. Of a moment (`2026-03-05T14:00:00Z`) it is the time that
 * clocks in the writer's zone show.
 */
export function recogniseTime(
  text: string,
  { timeZone, language }: Pick<RecogniseContext, 'timeZone' | 'language'>,
): Recognised<string> | undefined {
  const instant = readInstant(text)
  if (instant !== undefined) return { value: isoTime(civilAt(instant, timeZone)), text: text.trim() }
  const said = fold(text).slice(0, maxLength)
  const found = spellingsFor(language)
    .flatMap((spelling) => firstMatch(spelling, said))
    .sort(byPlace)[0]
  return found && { value: found.value, text: found.text }
}

interface Found extends Recognised<string> {
  readonly at: number
}

function firstMatch({ shape, read }: Spelling, said: string): readonly Found[] {
  for (const match of said.matchAll(shape)) {
    const value = read(match.groups ?? {})
    if (value !== undefined) return [{ value, text: match[0].trim(), at: match.index }]
  }
  return []
}

/** What stands first comes first; of two in one place the one that says more. */
function byPlace(one: Found, other: Found): number {
  return one.at - other.at || other.text.length - one.text.length
}

/** No SMS is longer; what is pasted into one need not be searched for times. */
const maxLength = 2_000

interface Spelling {
  readonly shape: RegExp
  readonly read: (groups: Groups) => string | undefined
}

interface Groups {
  readonly [name: string]: string | undefined
}

type Half = 'am' | 'pm' | 'night'

/** Words for a half of the day that stand after the hour, as `fold` writes them: what they do to a clock of twelve. */
const halvesAfter: Readonly<Record<Half, string>> = {
  am: `am|a.m.|a.m|in the morning|de la manana|de la madrugada|da manha|du matin|di mattina|morgens|vormittags|s morgens|
    pagi|утра|rano|ص|صباحا`,
  pm: `pm|p.m.|p.m|in the afternoon|in the evening|de la tarde|da tarde|de lapres-midi|du soir|di pomeriggio|di sera|
    nachmittags|abends|s middags|s avonds|siang|sore|дня|вечера|po poludniu|wieczorem|م|مساء`,
  // Eleven at night is 23:00, two at night is 02:00.
  night: 'at night|de la noche|da noite|de la nuit|di notte|nachts|malam|ночи',
}

/** Those that stand before the hour. */
const halvesBefore: Readonly<Record<Half, string>> = {
  am: 'de.|delelott|reggel|hajnali|hajnalban|上午|早上|午前|오전',
  pm: 'du.|delutan|下午|晚上|午後|오후',
  night: 'ejjel',
}

/** Hungarian words before the hour that mean something else in another language: `este 8 de marzo`, `du 3 au 5`. */
const hungarianHalves: Readonly<Record<Half, string>> = { am: 'de', pm: 'du|este', night: '' }

/** Words of their own for a time. */
const namedTimes: Readonly<Record<string, string>> = {
  '12:00': `noon|midday|mediodia|meio-dia|midi|mezzogiorno|mittags|mittag|delben|tengah hari|полдень|poludnie|
    正午|中午|정오`,
  '00:00': `midnight|medianoche|meia-noite|minuit|mezzanotte|mitternacht|ejfel|ejfelkor|tengah malam|полночь|polnoc|
    午夜|자정`,
}

// "at 8" and its kin make a bare hour a time; so do the words for "hour" and "o'clock" after it.
const at = anyOf('at|a las|a la|um|alle|om|jam|pukul|в|godz.|godzina|saat|الساعة')
const oClock = anyOf(
  'oclock|h|hrs|hours|horas|hora|hs|heures|heure|uhr|uur|ore|orakor|ora|oratol|часов|часа|час|kor|点|點|點鐘|点钟|時|时|시',
)

const hour = String.raw`(?<hour>\d{1,2})`
const minutes = String.raw` ?[:h.] ?(?<minute>\d{2})(?::\d{2})?`
const spoken = String.raw` ?-?(?:${oClock})(?: ?(?:(?<spoken>\d{1,2}) ?(?:perckor|perc|min|分|분)?|(?<half_past>半|반))(?![\d:]))?`
const clock = `${hour}(?:${minutes}|${spoken})?`
const before = String.raw`(?<!${letterOfSpacedWord}|:|\d[.,/-])`
const after = String.raw`(?!${letterOfSpacedWord}|:|[.,/-]\d)`

const spellings = new Map<boolean, readonly Spelling[]>()

function spellingsFor(language: string): readonly Spelling[] {
  const isHungarian = /^hu\b/i.test(language)
  const made = spellings.get(isHungarian) ?? makeSpellings(isHungarian)
  spellings.set(isHungarian, made)
  return made
}

function makeSpellings(isHungarian: boolean): readonly Spelling[] {
  const late = halvesIn(halvesAfter)
  const early = new Map([...halvesIn(halvesBefore), ...(isHungarian ? halvesIn(hungarianHalves) : [])])
  const lateWords = anyOf([...late.keys()].join('|'))
  const earlyWords = anyOf([...early.keys()].join('|'))
  const reader =
    (halves: ReadonlyMap<string, Half>): Spelling['read'] =>
    ({ hour: said, minute, spoken: spokenMinute, half_past: isHalfPast, half }) =>
      timeOf(Number(said), Number(isHalfPast ? 30 : (minute ?? spokenMinute ?? 0)), halves.get(half ?? ''))
  return [
    // 15:30 · 15h30 · 15:30:00
    {
      shape: shape(String.raw`${before}${hour} ?[:h] ?(?<minute>\d{2})(?::\d{2})?(?: ?h)?${after}`),
      read: reader(late),
    },
    // 3pm · 3:30 p.m. · 3.30 de la tarde · 8 часов вечера
    { shape: shape(`${before}${clock} ?-?(?<half>${lateWords})${after}`), read: reader(late) },
    // du. 3 · este 8-kor · 下午3点半
    { shape: shape(`${before}(?<half>${earlyWords}) ?${clock}${after}`), read: reader(early) },
    // um 15 Uhr 30 · jam 7 malam
    { shape: shape(`${before}(?:${at}) ${clock}(?: (?<half>${lateWords}))?${after}`), read: reader(late) },
    // 15 Uhr · 15.30 Uhr · 15 óra 30 perc · 14h · 15時30分
    { shape: shape(`${before}${hour}${spoken}${after}`), read: reader(late) },
    { shape: shape(String.raw`${before}${hour}\.(?<minute>\d{2}) ?(?:${oClock})${after}`), read: reader(late) },
    // All of the text: 15.30
    { shape: shape(String.raw`^${hour}\.(?<minute>\d{2})[.!]?$`), read: reader(late) },
    ...Object.entries(namedTimes).map(([time, names]) => ({
      shape: shape(`${before}(?:${anyOf(names)})${after}`),
      read: () => time,
    })),
  ]
}

function timeOf(said: number, minute: number, half: Half | undefined): string | undefined {
  // "15:30 in the afternoon" says the half twice; 0 p.m. and 13 a.m. are slips of the finger.
  if (half === undefined || (said > 12 && half !== 'am')) return clockTime(said, minute)
  if (said > 12 || (said === 0 && half === 'pm')) return undefined
  const isLate = half === 'pm' || (half === 'night' && said >= 6 && said < 12)
  return clockTime((said % 12) + (isLate ? 12 : 0), minute)
}

function halvesIn(table: Readonly<Record<Half, string>>): ReadonlyMap<string, Half> {
  const halves: readonly Half[] = ['am', 'pm', 'night']
  return new Map(halves.flatMap((half) => namesIn(table[half]).map((name) => [name, half] as const)))
}

function clockTime(hour: number, minute: number): string | undefined {
  // 24:00 ends a day (ISO 8601-1:2019, 4.3.8); as a time of day it begins the next.
  if (hour === 24 && minute === 0) return isoTime({ hour: 0, minute })
  return hour < 24 && minute < 60 ? isoTime({ hour, minute }) : undefined
}

function shape(source: string): RegExp {
  return new RegExp(source, 'gu')
}

function namesIn(names: string): readonly string[] {
  return names
    .split('|')
    .map(fold)
    .filter((name) => name !== '')
}

/** The longest first, for the first that fits is taken. */
function anyOf(names: string): string {
  return [...namesIn(names)]
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replaceAll('.', String.raw`\.`))
    .join('|')
}
