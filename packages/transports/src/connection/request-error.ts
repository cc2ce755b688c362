/** Why a request has no answer. */
export type Unanswered =
  /** It never left: nothing has happened. */
  | 'not-sent'
  /** The peer kept silent for as long as it may. It may have acted on it. */
  | 'no-response'
  /** The connection ended first. The peer may have acted on it. */
  | 'lost'

/** A request that has no answer. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly reason: Unanswered

  constructor(reason: Unanswered, message: string) {
    super(message)
    this.reason = reason
  }
}
