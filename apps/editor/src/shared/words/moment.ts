const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })

/** The time on the clock: `14:05`. */
export function clockTime(atMs: number): string {
  return clock.format(atMs)
}

/** The day: `Mon 15 Jun`. */
export function dayName(atMs: number): string {
  return day.format(atMs).replace(',', '')
}

const steps = [
  { unit: 'd', ms: 86_400_000 },
  { unit: 'h', ms: 3_600_000 },
  { unit: 'min', ms: 60_000 },
  { unit: 's', ms: 1_000 },
] as const

/** A span as people say it, in its two largest units: `2 h 5 min`, `1.4 s`, `80 ms`. */
export function spanText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1).replace('.0', '')} s`
  let rest = ms
  const parts = steps.flatMap(({ unit, ms: size }) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count === 0 ? [] : [`${count} ${unit}`]
  })
  return parts.slice(0, 2).join(' ')
}

/** When something is due, seen from now: `in 2 h 5 min`, `in 40 s`, `now`; seconds count in the last minutes only. */
export function dueText(atMs: number, nowMs: number): string {
  const leftMs = atMs - nowMs
  if (leftMs < 1_000) return 'now'
  const step = leftMs < 120_000 ? 1_000 : 60_000
  return `in ${spanText(Math.round(leftMs / step) * step)}`
}
