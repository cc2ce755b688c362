import { type Weekday, type WeeklyHours, weekdays } from './opening-hours.ts'

/** Names of the days as cards and forms show them. */
export const weekdayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}

/** Opening hours as a sign at a door has them: days that are alike stand together, `Mon–Fri 09:00–17:00`. */
export function hoursInWords(hours: WeeklyHours): string {
  const runs: { first: Weekday; last: Weekday; times: string }[] = []
  for (const [index, day] of weekdays.entries()) {
    const times = (hours[day] ?? []).join(', ').replaceAll('-', '–')
    const run = runs.at(-1)
    if (run && run.times === times && weekdays[index - 1] === run.last) run.last = day
    else runs.push({ first: day, last: day, times })
  }
  return runs
    .flatMap(({ first, last, times }) => (times === '' ? [] : [`${daysFrom(first, last)} ${times}`]))
    .join('\n')
}

function daysFrom(first: Weekday, last: Weekday): string {
  const [from, to] = [weekdayNames[first].slice(0, 3), weekdayNames[last].slice(0, 3)]
  return first === last ? from : `${from}–${to}`
}
