/** Why an MT did not go out, and what may be done about it. */
export class TransportError extends Error {
  /** Stable identifier such as `smpp/invalid-destination`. */
  readonly code: string
  /**
   * `later`: the same MT may succeed later. `never`: it will not. `throttled`: the whole link must slow down, order
   * kept.
   */
  readonly retry: 'later' | 'never' | 'throttled'
  /** True when the MT may have reached the network although no answer came. */
  readonly inDoubt: boolean

  constructor(
    code: string,
    message: string,
    options: { retry: 'later' | 'never' | 'throttled'; inDoubt?: boolean; cause?: unknown },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'TransportError'
    this.code = code
    this.retry = options.retry
    this.inDoubt = options.inDoubt ?? false
  }
}
