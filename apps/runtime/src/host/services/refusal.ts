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
  | 'unknown-dead-letter'
  | 'dead-letter-resolved'
