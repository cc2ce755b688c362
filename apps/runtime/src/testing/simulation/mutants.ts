/** What may not be left out. A mutant leaves out one, and the checker has to find it. */
export interface Guards {
  /** An MO is acknowledged once it is stored. */
  readonly acknowledgement: boolean
  /** A known message id undoes the store. */
  readonly dedupe: boolean
  /** A session is stored only upon the one it was computed from. */
  readonly rev: boolean
  /** Only the owner of a link claims and settles its MTs. */
  readonly fencing: boolean
}

export const allGuards: Guards = { acknowledgement: true, dedupe: true, rev: true, fencing: true }
