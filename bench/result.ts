import { availableParallelism, cpus, totalmem } from 'node:os'

/** What `bench/<name>.bench.ts` exports: `export async function run(options: BenchOptions): Promise<BenchResult>`. */
export type Bench = (options: BenchOptions) => Promise<BenchResult>

export interface BenchOptions {
  /** How long one measured section should last: 3 s by default, less for a look (`npm run bench -- --seconds 0.5`). */
  readonly seconds: number
  /** Seed of everything random. */
  readonly seed: number
  /** True for the largest sizes too, which take minutes to prepare (`npm run bench -- growth --large`). */
  readonly large: boolean
}

/**
 * One benchmark's figures. Absolute figures say something about one machine only; ratios, measured against a peer or a
 * limit in the same run, travel.
 */
export interface BenchResult {
  /** The file's name without `.bench.ts`. */
  readonly name: string
  /** Figures by name; the name ends in the unit: `stepsPerSecond`, `p99Ms`. */
  readonly figures: Readonly<Record<string, number>>
  readonly ratios: Readonly<Record<string, Ratio>>
  readonly machine: Machine
  /** What could not be measured here, as sentences: `Kannel is not installed, so there is no ratio to it.` */
  readonly notes?: readonly string[]
}

/** A figure divided by a peer's or a limit's in the same run. */
export interface Ratio {
  readonly value: number
  /** What we promise; the run fails where it is missed. */
  readonly atLeast?: number
  readonly atMost?: number
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGib: number
  readonly platform: string
  readonly node: string
}

/** The machine that this runs on. */
export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
  }
}

/** Whether a ratio keeps its promise. */
export function isKept({ value, atLeast, atMost }: Ratio): boolean {
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity)
}
