/**
 * 100,000 MOs of 20,000 phones wait in the SMSC while nothing runs; then the runtime starts. How long until the last is
 * answered, whether each phone is answered in the order in which it wrote, and how much memory that takes.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { cpuMs } from './cpu.ts'
import { memoryMb } from './memory.ts'
import { type Bench, thisMachine } from './result.ts'
import { startRuntimeSide } from './runtime-side.ts'

const PHONES = 20_000
const TEXTS = 5
const DRAINED_WITHIN_S = 120
const MOST_MEMORY_MB = 512
const GIVE_UP_MS = 600_000

export const run: Bench = async ({ seconds }) => {
  // A look takes a tenth: what `--seconds` below one asks for.
  const phones = seconds < 1 ? PHONES / 10 : PHONES
  const side = await startRuntimeSide({ smsc: { dlr: {} } })
  try {
    const { smsc, instance } = side
    const ended = smsc.next('unbound')
    await side.runtime.kill()
    await ended
    const answered = new Map<string, number>()
    let answers = 0
    let outOfOrder = 0
    smsc.onEvent((event) => {
      if (event.type !== 'mt') return
      const before = answered.get(event.to) ?? 0
      if (event.text !== `${before + 1} t${before + 1}`) outOfOrder++
      answered.set(event.to, before + 1)
      answers++
    })
    for (let text = 1; text <= TEXTS; text++) {
      for (let phone = 0; phone < phones; phone++) {
        void smsc.hears({ from: `+3630${1_000_000 + phone}`, to: '4040', text: `t${text}` })
      }
    }
    const all = phones * TEXTS
    const startedAtMs = performance.now()
    const runtime = await instance.start()
    const readyMs = performance.now() - startedAtMs
    const [, database = 0] = side.pids
    const pids = [runtime.pid, database]
    const before = cpuMs(pids) ?? Number.NaN
    while (answers < all && performance.now() - startedAtMs < GIVE_UP_MS) await pause(20)
    const drainedS = (performance.now() - startedAtMs) / 1_000
    const cpu = (cpuMs(pids) ?? Number.NaN) - before
    const mostMemoryMb = memoryMb(runtime.pid, 'VmHWM')
    await runtime.stop()
    return {
      name: 'backlog',
      figures: {
        backlog: all,
        readyMs,
        drainedSeconds: drainedS,
        mosPerSecond: answers / drainedS,
        cpuMs: cpu / answers,
        memoryMb: mostMemoryMb,
      },
      ratios: {
        drainedToAllowed: { value: drainedS / (DRAINED_WITHIN_S * (phones / PHONES)), atMost: 1 },
        outOfOrder: { value: outOfOrder + all - answers, atMost: 0 },
        ...(!Number.isNaN(mostMemoryMb) && { memoryToAllowed: { value: mostMemoryMb / MOST_MEMORY_MB, atMost: 1 } }),
      },
      machine: thisMachine(),
    }
  } finally {
    await side.stop()
  }
}
