/**
 * Turns per second through door, lane, engine and STORE into the embedded PostgreSQL, against pgbench doing the same
 * writes in one transaction per turn on the same server. MTs stay in the outbox on both sides.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startRuntime } from '@textloom/runtime/main'
import { readSettings } from '@textloom/runtime/settings'
import { countingFlow, engineOf, type Storage, storageOn } from '@textloom/runtime/testing/system'
import { median } from './alternate.ts'
import { pgbenchMissing, preparePgbench } from './pgbench.ts'
import { type Bench, thisMachine } from './result.ts'

const PHONES = 5_000
const IN_FLIGHT = 1_000
const TURNS = 3
const CLIENTS = 8

export const run: Bench = async ({ seconds }) => {
  const storage = await storageOn(engineOf('embedded'), { shared: true })
  const hosted = await host(storage)
  const missing = pgbenchMissing()
  const rates: { ours: number[]; pgbench: number[] } = { ours: [], pgbench: [] }
  try {
    // Each phone has its session by now, as on any day but the first.
    await hosted.turns(seconds)
    const stateOctets = await hosted.stateOctets()
    const pgbench =
      missing === undefined ? await preparePgbench(storage.env.DATABASE_URL ?? '', stateOctets) : undefined
    const pgbenchSeconds = Math.max(1, Math.round(seconds))
    await pgbench?.turns(CLIENTS, pgbenchSeconds)
    for (let turn = 0; turn < TURNS; turn++) {
      rates.ours.push(await hosted.turns(seconds))
      if (pgbench !== undefined) rates.pgbench.push(await pgbench.turns(CLIENTS, pgbenchSeconds))
    }
    await pgbench?.close()
    const [ours, theirs] = [median(rates.ours), median(rates.pgbench)]
    return {
      name: 'durable-turns',
      figures: {
        turnsPerSecond: ours,
        ...(missing === undefined && { pgbenchTurnsPerSecond: theirs }),
        stateOctets,
      },
      ratios: {
        ...(missing === undefined && { turnsToPgbench: { value: ours / theirs, atLeast: 1.5 } }),
        // Tens of thousands of messages lie between the first turn and the last: they must not weigh.
        lastToFirst: { value: (rates.ours.at(-1) ?? 0) / (rates.ours[0] ?? 0), atLeast: 0.6 },
      },
      machine: thisMachine(),
      ...(missing !== undefined && { notes: [missing] }),
    }
  } finally {
    await hosted.stop()
    await storage.remove()
  }
}

interface Hosted {
  turns(seconds: number): Promise<number>
  stateOctets(): Promise<number>
  stop(): Promise<void>
}

/** The runtime in this process, on a link to a network that nobody answers at. */
async function host({ dataDir, env }: Storage): Promise<Hosted> {
  const flow = join(dataDir, 'flow.json')
  const config = join(dataDir, 'instance.json')
  const link = { id: 'nobody', kind: 'smpp', host: '127.0.0.1', port: 1, systemId: 'tl' }
  await writeFile(flow, JSON.stringify(countingFlow))
  await writeFile(
    config,
    JSON.stringify({
      links: [link],
      channels: [{ id: '4040', address: '4040', link: 'nobody' }],
      flows: [{ file: flow, publish: true, channels: ['4040'] }],
    }),
  )
  const runtime = await startRuntime(readSettings({ ...env, TEXTLOOM_CONFIG: config }, dataDir), { log: () => {} })
  let count = 0
  const submit = async () => {
    const phone = `+3630${1_000_000 + (count % PHONES)}`
    const outcome = await runtime.submit({
      kind: 'mo',
      channel: '4040',
      phone,
      messageId: `mo:${++count}`,
      id: runtime.ids.next(),
      link: 'nobody',
      from: phone,
      to: '4040',
      text: 'Yes, please',
      receivedAt: runtime.clock.now(),
    })
    if (outcome.status !== 'transition') throw new Error(`An MO came to ${outcome.status}.`)
  }
  return {
    async turns(seconds) {
      const startedAtMs = performance.now()
      let done = 0
      const worker = async () => {
        while (performance.now() - startedAtMs < seconds * 1_000) {
          await submit()
          done++
        }
      }
      await Promise.all(Array.from({ length: IN_FLIGHT }, worker))
      return (done / (performance.now() - startedAtMs)) * 1_000
    },
    async stateOctets() {
      const [row] = await runtime.sql.query<{ octets: number }>(
        'select round(avg(octet_length(state::text)))::int as octets from session',
      )
      return row?.octets ?? 0
    },
    stop: () => runtime.stop(),
  }
}
