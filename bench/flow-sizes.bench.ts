/** What the size of a flow costs: to check it, to compile it, to move a session through it; and what a session weighs that waits. */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { StepInput, StepResult, StoredSession } from '@textloom/core'
import { formatFlow, parseFlow } from '@textloom/core'
import { analyseFlow, type CompiledFlow, compileFlow, step } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { alternate, median, type Section } from './alternate.ts'
import { type Bench, thisMachine } from './result.ts'
import { ringOf } from './ring-flow.ts'

const SIZES = [10, 100, 1_000, 5_000] as const
const STEPS = 1_000
const WAITING = 100_000
const TURNS = 5
const NOW = 1_767_225_600_000

export const run: Bench = async ({ seconds }) => {
  const flows = new Map(SIZES.map((size) => [size, ringOf(size)]))
  const [small, large] = [flows.get(10), flows.get(5_000)]
  if (!small || !large) throw new Error('A size is missing.')
  const compileMs = new Map([...flows].map(([size, flow]) => [size, msOf(() => compileFlow(flow, registry))]))
  const rates = await alternate(
    Object.fromEntries([...flows].map(([size, flow]) => [size, conversation(compileFlow(flow, registry))])),
    { seconds, turns: TURNS },
  )
  const text = formatFlow(large, registry)
  const readMs = msOf(() => parseFlow(text, registry))
  const analyseMs = msOf(() => analyseFlow(large, registry))
  const waiting = weighWaiting(compileFlow(small, registry))
  return {
    name: 'flow-sizes',
    figures: {
      ...figures(compileMs, (size) => `compile${size}NodesMs`),
      ...figures(new Map(SIZES.map((size) => [size, rates[size] ?? 0])), (size) => `with${size}NodesStepsPerSecond`),
      read5000NodesMs: readMs,
      analyse5000NodesMs: analyseMs,
      documentOctets: Buffer.byteLength(text),
      waitingSnapshotOctets: waiting.octets,
      waitingSnapshotHeapOctets: waiting.heapOctets,
    },
    ratios: {
      // A step touches the node it leaves and the one it comes to, however many others there are.
      stepCostLargeToSmall: { value: (rates[10] ?? 0) / (rates[5_000] ?? 0), atMost: 1.3 },
      compileCostPerNodeLargeToMiddle: {
        value: (compileMs.get(5_000) ?? 0) / 5 / (compileMs.get(1_000) ?? 0),
        atMost: 2,
      },
    },
    machine: thisMachine(),
  }
}

function figures(of: ReadonlyMap<number, number>, name: (size: number) => string): Record<string, number> {
  return Object.fromEntries([...of].map(([size, value]) => [name(size), value]))
}

/** Median milliseconds of something done several times. */
function msOf(work: () => unknown): number {
  work() // warm
  return median(
    Array.from({ length: TURNS }, () => {
      const startedAtMs = performance.now()
      work()
      return performance.now() - startedAtMs
    }),
  )
}

const common = {
  random: () => 0.5,
  contact: { phone: '+36301234567', fields: {}, groups: [] },
  channel: { id: '4040', address: '4040' },
}

function begun(compiled: CompiledFlow): StepResult {
  const begin: StepInput = {
    ...common,
    revision: 'r1',
    stored: null,
    timers: [],
    event: { type: 'start', node: 'start', text: 'hello' },
    now: NOW,
    rev: 1,
  }
  return step(() => compiled, begin)
}

function conversation(compiled: CompiledFlow): Section {
  return () => {
    let session = begun(compiled)
    for (let rev = 2; rev < STEPS + 2; rev++) {
      const { stored, timers } = session
      session = step(() => compiled, { ...common, stored, timers, event: { type: 'mo', text: 'hello' }, now: NOW, rev })
    }
    if (session.rest?.for !== 'reply') throw new Error('The conversation came to an end.')
    return STEPS
  }
}

/** A session that waits for a reply, as it is stored and as it lies in memory, on average over very many. */
function weighWaiting(compiled: CompiledFlow): { readonly octets: number; readonly heapOctets: number } {
  const { stored, timers } = begun(compiled)
  const text = JSON.stringify({ stored, timers })
  const collect = garbageCollector()
  const kept: StoredSession[] = []
  collect()
  const before = process.memoryUsage().heapUsed
  for (let count = 0; count < WAITING; count++) kept.push(JSON.parse(text))
  collect()
  const heapOctets = (process.memoryUsage().heapUsed - before) / kept.length
  return { octets: Buffer.byteLength(text), heapOctets }
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
