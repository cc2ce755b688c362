/** The ways a list of sessions can be narrowed, in the order they are offered. */
export const sessionStates = [
  { value: 'active', label: 'Running' },
  { value: 'ended', label: 'Over, in any way' },
  { value: 'completed', label: 'Completed' },
  { value: 'expired', label: 'Expired' },
  { value: 'failed', label: 'Failed' },
  { value: 'interrupted', label: 'Interrupted' },
  { value: 'handed_over', label: 'Handed over' },
] as const

/** One of them. */
export type SessionState = (typeof sessionStates)[number]['value']

/** By what the list is narrowed. */
export interface SessionFilter {
  readonly flow?: string
  readonly state?: SessionState
  readonly phone?: string
  /** The last day on which they began, `2026-06-15` by the clock of whoever looks. */
  readonly until?: string
}

/** What the address of the page asks for: `?flow=help-menu&state=failed&phone=%2B15550101`. */
export interface SessionSearch extends SessionFilter {
  /** The page begins with the one that began before this one: a UUIDv7. Absent: with the newest. */
  readonly before?: string
}

/** Takes from an address what makes sense in it. */
export function readSessionSearch({ flow, state, phone, until, before }: Record<string, unknown>): SessionSearch {
  const known = sessionStates.find(({ value }) => value === state)?.value
  // A number without its "+" is read as a number.
  const number = typeof phone === 'number' ? String(phone) : phone
  return {
    ...(typeof flow === 'string' && flow !== '' && { flow }),
    ...(known !== undefined && { state: known }),
    ...(typeof number === 'string' && number.trim() !== '' && { phone: number.trim().slice(0, 40) }),
    ...(typeof until === 'string' && beforeEndOf(until) !== undefined && { until }),
    ...(typeof before === 'string' && uuid.test(before) && { before }),
  }
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

/** Where a page begins that the API calls a cursor; undefined: with the newest. */
export function cursorOf({ until, before }: SessionSearch): string | undefined {
  return before ?? (until === undefined ? undefined : beforeEndOf(until))
}

/** Begins a page with the last session of a day, `2026-06-15` by the clock of whoever looks; undefined for no day. */
export function beforeEndOf(day: string): string | undefined {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number)
  const endMs = new Date(year, month - 1, date + 1).getTime()
  if (Number.isNaN(endMs) || endMs < 0) return undefined
  const hex = endMs.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`
}
