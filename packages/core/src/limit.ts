/** A bound that flows and their sessions meet, as the limits reference explains it. */
export interface Limit {
  readonly value: number
  /** What there are so many of. */
  readonly of: string
  /** The code of the error, issue or failure that is said past it. */
  readonly error: string
}

/** Limits by the names of their constants. */
export type Limits = { readonly [constant: string]: Limit }
