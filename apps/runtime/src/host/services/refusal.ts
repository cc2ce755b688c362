/** Why a request of a person or a program is not carried out. The message says what to do; the code is for programs. */
export class Refusal extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
  }
}

export type RefusalCode =
  | 'unknown-channel'
  | 'bad-number'
  | 'empty-text'
  | 'text-too-long'
  | 'opted-out'
  | 'flow-not-published'
  | 'unknown-session'
  | 'session-over'
  | 'unknown-ticket'
  | 'ticket-closed'
  | 'ticket-taken'
  | 'unknown-review'
  | 'review-decided'
  | 'unknown-message'
  | 'message-underway'
  | 'message-settled'
  | 'message-not-held'
  | 'link-away'
  | 'link-cannot'
  | 'network-refused'
  | 'unknown-dead-letter'
  | 'dead-letter-resolved'

/** What whoever writes to a contact after STOP is told. */
export function optedOut(): Refusal {
  return new Refusal('opted-out', 'The contact replied STOP and gets no messages until they reply START.')
}
