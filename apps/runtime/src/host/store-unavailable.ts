/** Nothing could be stored in time: whoever handed the event in must hand it in again later. */
export class StoreUnavailable extends Error {
  readonly code = 'runtime/store-unavailable'

  constructor(cause?: unknown) {
    const why = cause instanceof Error ? `: ${cause.message}` : ''
    super(`The database did not store the event in time${why}. It was not acknowledged.`, { cause })
    this.name = 'StoreUnavailable'
  }
}
