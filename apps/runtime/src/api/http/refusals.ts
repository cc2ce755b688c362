import type { Refusal, RefusalCode } from '../../host/services/refusal.ts'
import { Problem } from './problem.ts'
import type { ProblemCode } from './problem-codes.ts'

const codes: { readonly [code in RefusalCode]: ProblemCode } = {
  'unknown-channel': 'channels/unknown',
  'bad-number': 'messages/bad-address',
  'empty-text': 'request/invalid',
  'text-too-long': 'request/invalid',
  'opted-out': 'messages/opted-out',
  'flow-not-published': 'flows/not-published',
  'unknown-session': 'sessions/not-found',
  'session-over': 'sessions/ended',
  'unknown-ticket': 'tickets/not-found',
  'ticket-closed': 'tickets/closed',
  'ticket-taken': 'tickets/taken',
  'unknown-review': 'consent/no-review',
  'review-decided': 'consent/reviewed',
  'unknown-message': 'messages/not-found',
  'message-underway': 'messages/underway',
  'message-settled': 'messages/settled',
  'message-not-held': 'messages/not-held',
  'link-away': 'links/away',
  'link-cannot': 'links/not-able',
  'network-refused': 'messages/refused-by-network',
  'unknown-dead-letter': 'dead-letters/not-found',
  'dead-letter-resolved': 'dead-letters/resolved',
}

/** What the runtime refuses to do, as an answer. */
export function problemOfRefusal({ code, message }: Refusal): Problem {
  return new Problem(codes[code], message)
}
