import type { Campaign, Definition } from '../use-campaigns.ts'

/** How a state is shown. */
export interface StateFace {
  readonly label: string
  readonly tone?: 'good' | 'warn' | 'bad'
}

export const stateFaces: { readonly [state in Campaign['state']]: StateFace } = {
  draft: { label: 'Draft' },
  requested: { label: 'Waits for a second person', tone: 'warn' },
  running: { label: 'Running', tone: 'good' },
  paused: { label: 'Paused', tone: 'warn' },
  finished: { label: 'Finished' },
  cancelled: { label: 'Cancelled', tone: 'bad' },
}

const reasons: { readonly [reason: string]: string } = {
  'opted-out': 'Opted out',
  'no-consent': 'Never agreed to texts',
  'not-allowed': 'Number outside the allowed prefixes',
  'over-cap': 'Over the daily cap of their prefix',
  'bad-number': 'Not a phone number',
  'quiet-hours': 'Only quiet hours were left',
  'too-late': 'Too late by the time it could leave',
  'no-date': 'No date in the field',
  busy: 'In another conversation',
  text: 'No text could be written',
  moved: 'The date was moved or cancelled',
  answered: 'Had answered already',
  flow: 'The flow is not published',
  expired: 'Waited for too long',
  unknown: 'The network does not know',
  failed: 'The network refused it',
  suppressed: 'Opted out',
  network: 'The network refused it',
}

/** Why somebody got nothing, in words; codes of networks stand as they are. */
export function reasonWords(reason: string): string {
  return reasons[reason] ?? reason
}

/** `1 person`, `1,234 people`. */
export function people(count: number): string {
  return count === 1 ? '1 person' : `${count.toLocaleString('en')} people`
}

/** The share of a part, as a whole percentage; nothing of nothing is nothing. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–'
  const share = (part / whole) * 100
  return share > 0 && share < 1 ? '<1 %' : `${Math.round(share)} %`
}

/** When a campaign goes out, in a few words. */
export function scheduleWords({ schedule }: Pick<Definition, 'schedule'>): string {
  switch (schedule.kind) {
    case 'now':
      return 'At once'
    case 'once':
      return `${schedule.date} at ${schedule.time}`
    case 'recurring':
      return `${ruleWords(schedule.rule)} at ${schedule.time}`
    case 'relative':
      return `Around ${schedule.field}`
  }
}

const dayNames: { readonly [day: string]: string } = {
  MO: 'Mon',
  TU: 'Tue',
  WE: 'Wed',
  TH: 'Thu',
  FR: 'Fri',
  SA: 'Sat',
  SU: 'Sun',
}

/** A rule as people say it, where it is one of those that the form writes; else as it stands. */
export function ruleWords(rule: string): string {
  if (rule === 'FREQ=DAILY') return 'Every day'
  if (rule === 'FREQ=YEARLY') return 'Every year'
  const weekly = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(rule)?.[1]
  if (weekly !== undefined)
    return `Every ${weekly
      .split(',')
      .map((day) => dayNames[day] ?? day)
      .join(', ')}`
  const monthly = /^FREQ=MONTHLY;BYMONTHDAY=(-?\d+)$/.exec(rule)?.[1]
  if (monthly !== undefined) return monthly === '-1' ? 'On the last of each month' : `On day ${monthly} of each month`
  return rule
}

/** A length of time, rounded as people would: `40 s`, `12 min`, `3 h 20 min`, `2 days`. */
export function lengthWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.round(hours / 24)} days`
}

/** An amount of money. */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount)
}
