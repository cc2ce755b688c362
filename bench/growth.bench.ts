/**
 * What a round trip over SMPP costs in CPU time, of the runtime and of its PostgreSQL, while sessions and history grow: each
 * MO comes from another phone, and every phone has its turn before one comes again. The sizes take turns.
 */
import { preloadedPhone } from '@textloom/runtime/testing/system'
import { median } from './alternate.ts'
import { closedLoop } from './closed-loop.ts'
import { cpuMs } from './cpu.ts'
import { fill, sideToFill } from './filled-side.ts'
import { type Bench, thisMachine } from './result.ts'
import { type RuntimeSide, WINDOW } from './runtime-side.ts'

const TURNS = 3
/** Coprime to all numbers of phones here. */
const STRIDE = 7_919
const MOST_EXPENSIVE = 1.3

/** Some eight rows of history for each turn that somebody had. */
interface Size {
  readonly phones: number
  readonly turnsOfEach?: number
}

export const run: Bench = async ({ seconds, large }) => {
  // A look takes a tenth: what `--seconds` below one asks for.
  const share = seconds < 1 ? 10 : 1
  const sizes = {
    fewSessions: { phones: 1_000 },
    manySessions: { phones: 1_000_000 / share },
    shortHistory: { phones: 12_500 / share, turnsOfEach: 1 },
    longHistory: { phones: 12_500 / share, turnsOfEach: large ? 100 : 10 },
  } satisfies Record<string, Size>
  const names = Object.keys(sizes) as (keyof typeof sizes)[]
  const sides: { name: (typeof names)[number]; side: RuntimeSide; history: number; costs: number[]; index: number }[] =
    []
  try {
    for (const name of names) {
      const side = await sideToFill()
      sides.push({ name, side, history: 0, costs: [], index: 0 })
      const { history } = await fill(side, sizes[name])
      Object.assign(sides.at(-1) ?? {}, { history })
    }
    for (let turn = 0; turn <= TURNS; turn++) {
      for (const one of sides) {
        const { side, name, costs } = one
        const before = cpuMs(side.pids) ?? Number.NaN
        const phoneOf = () => preloadedPhone((one.index++ * STRIDE) % sizes[name].phones).slice(1)
        const { latenciesMs } = await closedLoop(side.smsc, { phones: WINDOW, seconds, to: '4040', phoneOf })
        // In the first turn each learns what it will do a thousand times.
        if (turn > 0) costs.push(((cpuMs(side.pids) ?? Number.NaN) - before) / latenciesMs.length)
      }
    }
    const cost = (wanted: keyof typeof sizes) => median(sides.find(({ name }) => name === wanted)?.costs ?? [])
    return {
      name: 'growth',
      figures: Object.fromEntries(
        sides.flatMap(({ name, history }) => [
          [`${name}CpuMs`, cost(name)],
          [`${name}Phones`, sizes[name].phones],
          ...('turnsOfEach' in sizes[name] ? [[`${name}Rows`, history]] : []),
        ]),
      ),
      ratios: {
        manySessionsToFew: { value: cost('manySessions') / cost('fewSessions'), atMost: MOST_EXPENSIVE },
        longHistoryToShort: { value: cost('longHistory') / cost('shortHistory'), atMost: MOST_EXPENSIVE },
      },
      machine: thisMachine(),
    }
  } finally {
    for (const { side } of sides) await side.stop()
  }
}
