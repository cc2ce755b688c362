import type { Scope } from '@textloom/core'

/** Statuses of a server that may do better in a moment (RFC 9110 §15.6, RFC 6585 §4). */
const busy = [429, 500, 502, 503, 504]

/** Whether the server did what was asked. */
export function isSuccess({ event }: Scope): boolean {
  return 'status' in event && event.status >= 200 && event.status <= 299
}

/** Whether the answer, or its lack, is worth another try. A host that may not be reached stays out of reach. */
export function isWorthRetrying({ event }: Scope): boolean {
  if ('status' in event) return busy.includes(event.status)
  return 'error' in event && event.error === 'network'
}

/** Whether the time for the answer has run out at the host. */
export function isTimeout({ event }: Scope): boolean {
  return 'error' in event && event.error === 'timeout'
}
