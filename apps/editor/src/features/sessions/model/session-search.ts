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

/** What the address of the page asks for: `?flow=help-menu&state=failed&phone=%2B15550101`. */
export interface SessionSearch {
  readonly flow?: string
  readonly state?: SessionState
  readonly phone?: string
}

/** Takes from an address what makes sense in it. */
export function readSessionSearch({ flow, state, phone }: Record<string, unknown>): SessionSearch {
  const known = sessionStates.find(({ value }) => value === state)?.value
  // A number without its "+" is read as a number.
  const number = typeof phone === 'number' ? String(phone) : phone
  return {
    ...(typeof flow === 'string' && flow !== '' && { flow }),
    ...(known !== undefined && { state: known }),
    ...(typeof number === 'string' && number.trim() !== '' && { phone: number.trim().slice(0, 40) }),
  }
}
