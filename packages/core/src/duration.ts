import * as z from 'zod'

/** The longest duration Textloom takes, in milliseconds: a hundred years, so that every due time is a valid date. */
export const maxDurationMs = 36_525 * 86_400_000

const unitMs = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000, S: 1_000 } as const

const isoPattern =
  /^P(?:(?<W>\d+(?:[.,]\d+)?)W)?(?:(?<D>\d+(?:[.,]\d+)?)D)?(?:T(?:(?<H>\d+(?:[.,]\d+)?)H)?(?:(?<M>\d+(?:[.,]\d+)?)M)?(?:(?<S>\d+(?:[.,]\d+)?)S)?)?$/

/**
 * Milliseconds of an ISO 8601 duration such as `PT2H`, `P7D`, `P1DT2H` or `PT0.5S` (ISO 8601-1 §5.5.2). Weeks may stand
 * beside days (ISO 8601-2 §4.4). Years and months are refused because their length varies, signs because nothing waits
 * backwards.
 * @throws RangeError with a sentence for the author.
 */
export function parseDuration(text: string): number {
  const found = isoPattern.exec(text)
  if (!found?.groups || text.endsWith('T') || text === 'P') throw new RangeError(whyNotIso(text))
  return total(text, Object.entries(found.groups))
}

/**
 * Milliseconds of a duration as people type it on the command line: `2h`, `30m`, `1h30m`, `90s`, `250ms`, `7d`, `2w`
 * in falling order, or the ISO 8601 form.
 * @throws RangeError with a sentence for the person at the terminal.
 */
export function parseTypedDuration(text: string): number {
  if (/^P/i.test(text)) return parseDuration(text.toUpperCase())
  const found = /^(?:(?<W>\d+)w)?(?:(?<D>\d+)d)?(?:(?<H>\d+)h)?(?:(?<M>\d+)m)?(?:(?<S>\d+)s)?(?:(?<ms>\d+)ms)?$/i.exec(
    text,
  )
  if (!found?.groups || text === '') {
    throw new RangeError(`${quote(text)} is not a duration: write for example 90s, 30m, 1h30m, 7d or PT2H.`)
  }
  return total(text, Object.entries(found.groups))
}

/** The shortest ISO 8601 spelling in days, hours, minutes and seconds: 93 600 000 → `P1DT2H`, 500 → `PT0.5S`. */
export function formatDuration(durationMs: number): string {
  const wholeMs = Math.round(durationMs)
  if (!(wholeMs >= 0 && wholeMs <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`${durationMs} ms is no duration.`)
  const days = Math.floor(wholeMs / unitMs.D)
  const hours = Math.floor((wholeMs % unitMs.D) / unitMs.H)
  const minutes = Math.floor((wholeMs % unitMs.H) / unitMs.M)
  const seconds = (wholeMs % unitMs.M) / unitMs.S
  const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S')
  if (days === 0 && time === '') return 'PT0S'
  return `P${part(days, 'D')}${time === '' ? '' : `T${time}`}`
}

/** An ISO 8601 duration in a document: text, checked by `parseDuration`. */
export const durationSchema = z.string().superRefine((text, context) => {
  try {
    parseDuration(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
  }
})

function part(count: number, unit: string): string {
  return count === 0 ? '' : `${count}${unit}`
}

/** Only the last part of a duration may have a fraction (ISO 8601-1 §5.5.2.3). */
function total(text: string, groups: readonly (readonly [string, string | undefined])[]): number {
  const parts = groups.filter((group): group is readonly [string, string] => group[1] !== undefined)
  if (parts.slice(0, -1).some(([, count]) => /[.,]/.test(count))) {
    throw new RangeError(`${quote(text)} has a fraction before its last part: only the last part may have one.`)
  }
  const sumMs = parts.reduce((sum, [unit, count]) => sum + Number(count.replace(',', '.')) * factorMs(unit), 0)
  if (sumMs > maxDurationMs) throw new RangeError(`${quote(text)} is longer than a hundred years.`)
  return Math.round(sumMs)
}

function factorMs(unit: string): number {
  return unit === 'W' || unit === 'D' || unit === 'H' || unit === 'M' || unit === 'S' ? unitMs[unit] : 1
}

function whyNotIso(text: string): string {
  if (/^[-+]P/.test(text)) return `${quote(text)} has a sign: a duration is counted forwards, so write it without one.`
  if (/^P\d+(?:[.,]\d+)?Y/.test(text)) return `${quote(text)} has years, whose length varies: write days, as in P365D.`
  if (/^P(?:[\d.,]+[YWD])*\d+(?:[.,]\d+)?M/.test(text)) {
    return `${quote(text)} has months, whose length varies: write days, as in P30D (minutes come after a T: PT30M).`
  }
  return `${quote(text)} is not an ISO 8601 duration: write for example PT30S, PT2H, P7D or P1DT12H.`
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
