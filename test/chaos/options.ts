import { parseArgs } from 'node:util'
import type { Size } from './scenario.ts'

/** What the command line asks for. */
export interface ChaosOptions {
  readonly bars: readonly string[]
  readonly list: boolean
  readonly size: Size
  readonly json: boolean
  readonly seed: number
}

/** What there is to ask for. */
export interface Choice {
  readonly bars: readonly string[]
  /** Those of `--smoke`. */
  readonly smoke: readonly string[]
  /** What the seed is where none is given. */
  readonly anySeed: number
}

/** Says what is wrong with the command line, and what would be right. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: readonly string[], { bars, smoke, anySeed }: Choice): ChaosOptions {
  const { values, positionals } = parsed(args)
  const wanted = positionals.map((bar) => bar.toUpperCase())
  const unknown = wanted.filter((bar) => !bars.includes(bar))
  if (unknown.length > 0) throw new UsageError(`There is no bar ${unknown.join(', ')}; there are: ${bars.join(', ')}.`)
  if (wanted.length === 0 && !values.all && !values.smoke && !values.list) {
    throw new UsageError(
      'Name one bar or several (npm run chaos -- R3 R7), or say --all or --smoke; --list tells what there is.',
    )
  }
  const seed = values.seed === undefined ? anySeed : Number(values.seed)
  if (!Number.isSafeInteger(seed)) throw new UsageError(`--seed must be a whole number, not "${values.seed}".`)
  const { list = false, json = false } = values
  const size = values.smoke ? 'smoke' : values.quick ? 'quick' : 'full'
  const named = wanted.length > 0 ? wanted : values.smoke ? smoke : bars
  return { bars: bars.filter((bar) => named.includes(bar)), list, size, json, seed }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: 'boolean' },
        smoke: { type: 'boolean' },
        list: { type: 'boolean' },
        quick: { type: 'boolean' },
        json: { type: 'boolean' },
        seed: { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
