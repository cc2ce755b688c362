import { parseDuration } from '@textloom/core'

/** The units a duration is typed in. */
export const durationUnits = ['seconds', 'minutes', 'hours', 'days'] as const

export type DurationUnit = (typeof durationUnits)[number]

/** A duration as the form shows it. */
export interface DurationParts {
  readonly amount: number
  readonly unit: DurationUnit
}

const unitMs: Readonly<Record<DurationUnit, number>> = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
}

const letters: Readonly<Record<string, DurationUnit>> = { D: 'days', H: 'hours', M: 'minutes', S: 'seconds' }

/**
 * An ISO 8601 duration as one number and a unit: `P1DT2H` is 26 hours. The author's own unit stays (`PT24H` is 24 hours,
 * not a day). Undefined for what is no duration.
 */
export function durationParts(iso: string): DurationParts | undefined {
  const single = /^P(?:(?<days>\d+)D|T(?<count>\d+)(?<letter>[HMS]))$/.exec(iso)?.groups
  const unit = letters[single?.days === undefined ? (single?.letter ?? '') : 'D']
  if (single && unit) return { amount: Number(single.days ?? single.count), unit }
  const totalMs = milliseconds(iso)
  if (totalMs === undefined) return undefined
  const whole = durationUnits.findLast((each) => totalMs % unitMs[each] === 0) ?? 'seconds'
  return { amount: totalMs / unitMs[whole], unit: totalMs === 0 ? 'seconds' : whole }
}

/** The ISO 8601 duration of a number and a unit. */
export function isoDuration({ amount, unit }: DurationParts): string {
  return unit === 'days' ? `P${amount}D` : `PT${amount}${unit.charAt(0).toUpperCase()}`
}

function milliseconds(iso: string): number | undefined {
  try {
    return parseDuration(iso)
  } catch {
    return undefined
  }
}
