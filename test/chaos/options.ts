import { parseArgs } from 'node:util'

/** What the command line asks for. */
export interface ChaosOptions {
  readonly bars: readonly string[]
  readonly list: boolean
  readonly quick: boolean
  readonly json: boolean
  readonly seed: number
}

/** Says what is wrong with the command line, and what would be right. */
export class UsageError extends Error {}

/**
 * @param known the bars there are
 * @param anySeed what the seed is where none is given
 * @throws UsageError
 */
export function readOptions(args: readonly string[], known: readonly string[], anySeed: number): ChaosOptions {
  const { values, positionals } = parsed(args)
  const wanted = positionals.map((bar) => bar.toUpperCase())
  const unknown = wanted.filter((bar) => !known.includes(bar))
  if (unknown.length > 0) throw new UsageError(`There is no bar ${unknown.join(', ')}; there are: ${known.join(', ')}.`)
  if (wanted.length === 0 && !values.all && !values.list) {
    throw new UsageError('Name one bar or several (npm run chaos -- R3 R7), or say --all; --list tells what there is.')
  }
  const seed = values.seed === undefined ? anySeed : Number(values.seed)
  if (!Number.isSafeInteger(seed)) throw new UsageError(`--seed must be a whole number, not "${values.seed}".`)
  const { list = false, quick = false, json = false } = values
  return { bars: wanted.length > 0 ? known.filter((bar) => wanted.includes(bar)) : known, list, quick, json, seed }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: 'boolean' },
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
