/** What shows that one bar of reliability is held (docs/reference/chaos.md). */
export interface Scenario {
  /** `R1`. */
  readonly bar: string
  readonly title: string
  /** Why it cannot be run on this machine; undefined where it can. */
  needs?(): Promise<string | undefined>
  run(trial: Trial): Promise<Outcome>
}

/** A bar that cannot be shown yet, or not here, with the reason as half a sentence. */
export interface Omitted {
  readonly bar: string
  readonly title: string
  readonly skipped: string
}

/** How much is done: all of it, a tenth of the load and of the faults, or as little as shows anything. */
export type Size = 'full' | 'quick' | 'smoke'

/** How a scenario is to be run. */
export interface Trial {
  /** Of everything random: the same seed brings the same faults. */
  readonly seed: number
  readonly size: Size
  /** For whoever watches. */
  say(progress: string): void
}

/** What came of it. */
export interface Outcome {
  /** By names that say what was counted, and that end in `Ms` where it is milliseconds. */
  readonly figures: Readonly<Record<string, number>>
  /** A sentence for each thing that should not be; none where the bar is held. */
  readonly violations: readonly string[]
  /** The file in which everything stands that the SMSC saw, where that helps to find out. */
  readonly ledger?: string
}

const partOf: Readonly<Record<Size, number>> = { full: 1, quick: 10, smoke: 20 }

/** As many faults, or phones, as this run has where the whole one has `full`. */
export function amount({ size }: Pick<Trial, 'size'>, full: number): number {
  return Math.ceil(full / partOf[size])
}
