const steps = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** How long ago something was, as people say it: "just now", "5 minutes ago", "yesterday". */
export function ago(atMs: number, nowMs: number): string {
  const seconds = Math.max(0, (nowMs - atMs) / 1000)
  const step = steps.find((it) => seconds >= it.seconds)
  return step === undefined ? 'just now' : words.format(-Math.floor(seconds / step.seconds), step.unit)
}
