import type { Address, DlrState } from '@textloom/core'
import type { SubmittedSegment } from './protocol.ts'

/** A segment that a pretend SMSC accepted. */
export interface KeptSegment {
  segment: SubmittedSegment
  readonly takenAt: number
  state: DlrState
}

const MOST_KEPT = 10_000

/** What a pretend SMSC knows of the segments it accepted: it answers questions about them out of this. */
export class KeptSegments {
  readonly #kept = new Map<string, KeptSegment>()

  accept(segment: SubmittedSegment, timeStamp: string, takenAt: number): KeptSegment {
    const kept: KeptSegment = { segment, takenAt, state: 'enroute' }
    this.#kept.set(nameOf(segment.to, timeStamp), kept)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest)
    return kept
  }

  find(to: Address, timeStamp: string): KeptSegment | undefined {
    return this.#kept.get(nameOf(to, timeStamp))
  }
}

function nameOf(to: Address, timeStamp: string): string {
  return `${to.replace(/^\+/, '')} ${timeStamp}`
}
