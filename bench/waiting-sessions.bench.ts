/**
 * 1,000,000 sessions that wait for a reply: how long a start takes, how much memory the runtime has, and how long a reply
 * takes at 100 MOs a second, each from another phone. Against the same runtime on an empty database, by turns.
 */
import { preloadedPhone } from '@textloom/runtime/testing/system'
import { quantile } from './alternate.ts'
import { fill, sideToFill } from './filled-side.ts'
import { memoryMb } from './memory.ts'
import { openLoop } from './open-loop.ts'
import { type Bench, thisMachine } from './result.ts'

const SESSIONS = 1_000_000
const MOS_PER_SECOND = 100
const TURNS = 3
const START_WITHIN_S = 15
const MOST_MEMORY_MB = 512
/** What 95 % of the replies may take: so many times as long as without sessions, or so many milliseconds. */
const SLOWER = 1.5
const QUICK_ANYWAY_MS = 20
/** Coprime to the number of phones: each has its turn before one comes again. */
const STRIDE = 7_919

export const run: Bench = async ({ seconds }) => {
  // A look takes a tenth: what `--seconds` below one asks for.
  const sessions = seconds < 1 ? SESSIONS / 10 : SESSIONS
  const sides = { empty: await sideToFill(), full: await sideToFill() }
  try {
    const { loadSeconds } = await fill(sides.full, { phones: sessions })
    const unbound = sides.full.smsc.next('unbound')
    await sides.full.runtime.stop()
    await unbound
    const startedAtMs = performance.now()
    const bound = sides.full.smsc.next('bound')
    const runtime = await sides.full.instance.start()
    await bound
    const startSeconds = (performance.now() - startedAtMs) / 1_000

    const latencies: Record<keyof typeof sides, number[]> = { empty: [], full: [] }
    let written = 0
    for (let turn = 0; turn < TURNS; turn++) {
      for (const name of ['empty', 'full'] as const) {
        const loop = await openLoop(sides[name].smsc, {
          perSecond: MOS_PER_SECOND,
          seconds: Math.max(3, seconds),
          to: '4040',
          phone: () => preloadedPhone((written++ * STRIDE) % sessions),
        })
        // Of the first turn both learn what they will do a thousand times.
        if (turn > 0) latencies[name].push(...loop)
      }
    }
    const mostMemoryMb = memoryMb(runtime.pid, 'VmHWM')
    await runtime.stop()
    const p95 = { empty: quantile(latencies.empty, 0.95), full: quantile(latencies.full, 0.95) }
    return {
      name: 'waiting-sessions',
      figures: {
        sessions,
        loadSeconds,
        startSeconds,
        memoryMb: mostMemoryMb,
        emptyP50Ms: quantile(latencies.empty, 0.5),
        emptyP95Ms: p95.empty,
        fullP50Ms: quantile(latencies.full, 0.5),
        fullP95Ms: p95.full,
      },
      ratios: {
        startToAllowed: { value: startSeconds / START_WITHIN_S, atMost: 1 },
        ...(!Number.isNaN(mostMemoryMb) && { memoryToAllowed: { value: mostMemoryMb / MOST_MEMORY_MB, atMost: 1 } }),
        p95ToAllowed: { value: p95.full / Math.max(SLOWER * p95.empty, QUICK_ANYWAY_MS), atMost: 1 },
      },
      machine: thisMachine(),
    }
  } finally {
    await Promise.all(Object.values(sides).map((one) => one.stop()))
  }
}
