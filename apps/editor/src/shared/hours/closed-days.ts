/** A day as people read it: `2026-12-24` is "24 December 2026", `12-25` is "25 December, every year". */
export function dayInWords(day: string): string {
  const isYearly = day.length === 5
  // In a leap year there is every day that a document can name.
  const date = new Date(`${isYearly ? `2000-${day}` : day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    ...(isYearly ? {} : { year: 'numeric' }),
  }).format(date)
  return isYearly ? `${words}, every year` : words
}

/** The days with one more: each once, those of every year first, all in the order of the calendar. */
export function withDay(days: readonly string[], day: string): readonly string[] {
  const all = [...new Set([...days, day])]
  return all.toSorted((left, right) => left.length - right.length || (left < right ? -1 : 1))
}
