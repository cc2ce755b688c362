import { RRuleTemporal } from 'rrule-temporal'

/** What a rule may say: days only. The time of day stands beside it, so that clocks that change cannot shift it. */
const parts =
  /^(?:FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)|(?:INTERVAL|COUNT)=[1-9]\d{0,3}|UNTIL=\d{8}(?:T\d{6}Z?)?|WKST=[A-Z]{2}|BYDAY=(?:[+-]?\d?\d?(?:MO|TU|WE|TH|FR|SA|SU),?)+|(?:BYMONTHDAY|BYMONTH|BYSETPOS)=(?:[+-]?\d{1,2},?)+)$/

/** Why a rule is none, as a sentence; undefined for one that is. */
export function ruleProblem(rule: string): string | undefined {
  const odd = rule.split(';').find((part) => !parts.test(part))
  if (odd !== undefined)
    return `"${odd.slice(0, 40)}" is not understood: a rule says on which days, as in FREQ=WEEKLY;BYDAY=MO,TH`
  if (!/(?:^|;)FREQ=/.test(rule)) return 'must say how often, as in FREQ=DAILY'
  try {
    readRule(rule, '2026-01-01')
    return undefined
  } catch {
    return 'is no rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO,TH'
  }
}

/**
 * The days of a rule from one day to another, both included (`2026-12-24`), at most `most`. Days that there are not,
 * such as 29 February in most years, have no occurrence.
 */
export function daysOfRule(
  rule: string,
  from: string,
  { after, until, most = 1_000 }: { readonly after: string; readonly until: string; readonly most?: number },
): string[] {
  if (until < after) return []
  const found = readRule(rule, from).between(noon(after), noon(until), true)
  return found.slice(0, most).map((day) => day.toPlainDate().toString())
}

function readRule(rule: string, from: string): RRuleTemporal {
  return new RRuleTemporal({
    rruleString: `DTSTART:${from.replaceAll('-', '')}T120000Z\nRRULE:${inclusive(rule)}`,
    maxIterations: 20_000,
  })
}

/** UNTIL names a day, which is meant to its end. */
function inclusive(rule: string): string {
  return rule.replace(/UNTIL=(\d{8})(?:T\d{6}Z?)?/, 'UNTIL=$1T235959Z')
}

function noon(date: string): Date {
  return new Date(`${date}T12:00:00Z`)
}
