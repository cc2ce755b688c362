/**
 * MO in, MT out, over SMPP: `textloom start` on its embedded PostgreSQL, every turn durable before it is acknowledged,
 * against Kannel, which keeps nothing. They take turns on the same machine, with the same pretend SMSC.
 */
import { PretendSmsc } from '@textloom/transports/pretend-smsc'
import { median, quantile } from './alternate.ts'
import { closedLoop, type Loop } from './closed-loop.ts'
import { cpuMs } from './cpu.ts'
import { kannelMissing, startKannel } from './kannel.ts'
import { type Bench, type Ratio, thisMachine } from './result.ts'
import { startRuntimeSide, WINDOW } from './runtime-side.ts'

const TURNS = 3
/** Round trips outstanding: one phone alone; a usual window; a window of both sides; six times that, which is a flood. */
const LOADS = [1, 10, WINDOW, 300] as const
const FLOOD = 300

/** Somebody who answers every MO. */
interface Side {
  readonly smsc: PretendSmsc
  /** Its processes, whose descendants count too. */
  readonly pids: readonly number[]
  stop(): Promise<void>
}

export const run: Bench = async ({ seconds }) => {
  const missing = kannelMissing()
  const sides = { textloom: await startRuntimeSide(), ...(missing === undefined && { kannel: await kannel() }) }
  const loops = new Map<string, Loop[]>()
  /** CPU time of a side for each round trip, milliseconds; none where the system does not tell. */
  const costs = new Map<string, number[]>()
  try {
    for (const side of Object.values(sides)) await closedLoop(side.smsc, { phones: 10, seconds, to: '4040' }) // warm
    for (let turn = 0; turn < TURNS; turn++) {
      for (const phones of LOADS) {
        for (const [name, { smsc, pids }] of Object.entries(sides)) {
          const before = cpuMs(pids)
          const loop = await closedLoop(smsc, { phones, seconds, to: '4040' })
          const after = cpuMs(pids)
          const used = before === undefined || after === undefined ? [] : [(after - before) / loop.latenciesMs.length]
          costs.set(`${name} ${phones}`, [...(costs.get(`${name} ${phones}`) ?? []), ...used])
          loops.set(`${name} ${phones}`, [...(loops.get(`${name} ${phones}`) ?? []), loop])
        }
      }
    }
  } finally {
    for (const side of Object.values(sides)) await side.stop()
  }
  const all = (name: string, phones: number) => loops.get(`${name} ${phones}`) ?? []
  const rate = (name: string, phones: number) => median(all(name, phones).map(({ perSecond }) => perSecond))
  const latency = (name: string, phones: number, share: number) =>
    quantile(
      all(name, phones).flatMap(({ latenciesMs }) => latenciesMs),
      share,
    )
  const cost = (name: string, phones: number) => median(costs.get(`${name} ${phones}`) ?? [])
  const hasCosts = [...costs.values()].every((them) => them.length > 0)
  const ratios: Record<string, Ratio> =
    missing === undefined
      ? {
          latencyToKannel: { value: latency('textloom', 1, 0.5) / latency('kannel', 1, 0.5), atMost: 0.1 },
          throughputToKannel: { value: rate('textloom', WINDOW) / rate('kannel', WINDOW), atLeast: 1 },
          // No promise: it keeps nothing, we keep everything.
          floodToKannel: { value: rate('textloom', FLOOD) / rate('kannel', FLOOD) },
          ...(hasCosts && { cpuToKannel: { value: cost('textloom', WINDOW) / cost('kannel', WINDOW) } }),
        }
      : {}
  return {
    name: 'smpp-round-trips',
    figures: Object.fromEntries(
      Object.keys(sides).flatMap((name) =>
        LOADS.flatMap((phones) => [
          [`${name}${phones}OutstandingPerSecond`, rate(name, phones)],
          [`${name}${phones}OutstandingP50Ms`, latency(name, phones, 0.5)],
          [`${name}${phones}OutstandingP99Ms`, latency(name, phones, 0.99)],
          ...(hasCosts ? [[`${name}${phones}OutstandingCpuMs`, cost(name, phones)]] : []),
        ]),
      ),
    ),
    ratios,
    machine: thisMachine(),
    ...(missing !== undefined && { notes: [missing] }),
  }
}

async function kannel(): Promise<Side> {
  const smsc = await pretendSmsc()
  const bound = smsc.next('bound')
  const running = await startKannel(smsc.port, WINDOW)
  await bound
  return {
    smsc,
    pids: running.pids,
    async stop() {
      await running.stop()
      await smsc.stop()
    },
  }
}

/** No receipts: Kannel asks for none here. */
function pretendSmsc(): Promise<PretendSmsc> {
  return new PretendSmsc({ window: WINDOW, keepRecords: false, dlr: null }).start()
}
