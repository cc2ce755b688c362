import { formatDuration } from '@textloom/core'

/** The simulated time as the phone shows it. Simulated time is UTC, as flows see it. */
export function clockText(epochMs: number): string {
  return timeFormat.format(epochMs)
}

/** The simulated day: `Thu 1 Jan`. */
export function dayText(epochMs: number): string {
  return dayFormat.format(epochMs).replace(',', '')
}

/** How long until something, roughly and in words: `in 4 h`, `in 2 days`. */
export function untilText(fromMs: number, toMs: number): string {
  const seconds = Math.round((toMs - fromMs) / 1_000)
  if (seconds < 1) return 'in a moment'
  if (seconds < 90) return `in ${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `in ${minutes} min`
  const hours = minutes / 60
  if (hours < 48) return `in ${trimmed(hours)} h`
  return `in ${trimmed(hours / 24)} days`
}

/** The input that moves the clock on to a moment; undefined when it has passed. */
export function advanceTo(fromMs: number, toMs: number): { readonly advance: string } | undefined {
  return toMs > fromMs ? { advance: formatDuration(toMs - fromMs) } : undefined
}

const timeFormat = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' })
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
})

function trimmed(amount: number): string {
  return String(Math.round(amount * 10) / 10)
}
