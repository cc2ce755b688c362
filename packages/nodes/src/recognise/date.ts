import { fold } from '@textloom/core'
import { type CivilDate, civilAt, isoDate } from './civil.ts'
import type { RecogniseContext, Recognised } from './context.ts'
import { type DateRule, foreignRulesFor, rulesFor } from './date-rules.ts'
import { readInstant } from './instant.ts'

/**
 * The first date in a text as `YYYY-MM-DD`: numbers in the writer's order (`5/3/2026`, `2026. 03. 05.`, `5/3`), days
 * with a month by name (`5 March`, `március 5-én`, `3月5日`), days of the week (the next one, never today), and days
 * counted from today (`tomorrow`, `3 nap múlva`, `hace 2 semanas`). A date without a year lies between three months back and nine months ahead.
 * Words are looked for in the writer's language, then in English, then, if they are long, in every language known.
 */
export function recogniseDate(text: string, context: RecogniseContext): Recognised<string> | undefined {
  const instant = readInstant(text)
  if (instant !== undefined) return { value: isoDate(civilAt(instant, context.timeZone)), text: text.trim() }
  const said = fold(text).slice(0, maxLength)
  const today = civilAt(context.now, context.timeZone)
  const found = firstOf(rulesFor(context), said, today) ?? firstOf(foreignRulesFor(said, context.language), said, today)
  return found && { value: found.value, text: found.text }
}

/** No SMS is longer; what is pasted into one need not be searched for dates. */
const maxLength = 2_000

interface Found extends Recognised<string> {
  readonly at: number
}

function firstOf(rules: readonly DateRule[], said: string, today: CivilDate): Found | undefined {
  return rules.flatMap((rule) => firstMatch(rule, said, today)).sort(byPlace)[0]
}

function firstMatch({ shape, read }: DateRule, said: string, today: CivilDate): readonly Found[] {
  for (const match of said.matchAll(shape)) {
    const date = read(match.groups ?? {}, today)
    if (date) return [{ value: isoDate(date), text: match[0].trim(), at: match.index }]
  }
  return []
}

/** What stands first comes first; of two in one place the longer: "day after tomorrow" before "tomorrow". */
function byPlace(one: Found, other: Found): number {
  return one.at - other.at || other.text.length - one.text.length
}
