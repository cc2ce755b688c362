/**
 * submit_sm per second, and CPU for each, of our SMPP codec and session, against npm smpp: each side between a client in this process and a
 * server of its own kind in another, by turns, with so many submit_sm unanswered.
 */

/// <reference path="../packages/transports/src/testing/npm-smpp.d.ts" />
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemTimers } from '@textloom/transports/pretend-smsc'
import { Session, socketWire } from '@textloom/transports/testing'
import npm from 'smpp'
import { alternate } from './alternate.ts'
import { cpuMs } from './cpu.ts'
import { type Bench, type Ratio, thisMachine } from './result.ts'

const WINDOWS = [1, 10, 100] as const
/** submit_sm of one measured stretch. */
const STRETCH = 2_000

const message = {
  source_addr_ton: 0,
  source_addr_npi: 1,
  source_addr: '4040',
  dest_addr_ton: 1,
  dest_addr_npi: 1,
  destination_addr: '36301234567',
  registered_delivery: 1,
  short_message: Buffer.from('Your appointment is tomorrow at nine. Reply YES to confirm.'),
}

export const run: Bench = async ({ seconds }) => {
  const sinks = [await sink('ours'), await sink('npm')] as const
  const figures: Record<string, number> = {}
  const ratios: Record<string, Ratio> = {}
  try {
    const textloom = await ours(sinks[0].port)
    const npmSmpp = await theirs(sinks[1].port)
    for (const window of WINDOWS) {
      const sides = {
        textloom: metered(() => stretch(textloom.submit, window), sinks[0].process),
        npmSmpp: metered(() => stretch(npmSmpp.submit, window), sinks[1].process),
      }
      const rates = await alternate({ textloom: sides.textloom.run, npmSmpp: sides.npmSmpp.run }, { seconds })
      figures[`textloomWindow${window}PerSecond`] = rates.textloom
      figures[`npmSmppWindow${window}PerSecond`] = rates.npmSmpp
      const ratio = { value: rates.textloom / rates.npmSmpp }
      ratios[`window${window}ToNpmSmpp`] = window === 1 ? ratio : { ...ratio, atLeast: 3 }
      const [ourCpu, theirCpu] = [sides.textloom.cpuMicros(), sides.npmSmpp.cpuMicros()]
      if (Number.isNaN(ourCpu)) continue
      figures[`textloomWindow${window}CpuMicros`] = ourCpu
      figures[`npmSmppWindow${window}CpuMicros`] = theirCpu
      const cpu = { value: ourCpu / theirCpu }
      ratios[`window${window}CpuToNpmSmpp`] = window === 1 ? cpu : { ...cpu, atMost: 1 / 3 }
    }
    textloom.close()
    npmSmpp.close()
  } finally {
    for (const { process } of sinks) process.stdin?.end()
  }
  return { name: 'smpp-session', figures, ratios, machine: thisMachine() }
}

/**
 * A section that counts the CPU time of both its processes: of this one while it runs, and of its server, which does
 * nothing else, from now until it is asked.
 */
function metered(section: () => Promise<number>, { pid = 0 }: ChildProcess) {
  const before = cpuMs([pid]) ?? Number.NaN
  let clientMicros = 0
  let count = 0
  return {
    async run() {
      const start = process.cpuUsage()
      const done = await section()
      const { user, system } = process.cpuUsage(start)
      clientMicros += user + system
      count += done
      return done
    },
    /** For one submit_sm, client and server together; NaN where the system does not tell. */
    cpuMicros: () => (clientMicros + ((cpuMs([pid]) ?? Number.NaN) - before) * 1_000) / count,
  }
}

interface Client {
  /** Resolves when it is answered. */
  submit(): Promise<void>
  close(): void
}

/** Keeps so many unanswered until the stretch is over. */
async function stretch(submit: Client['submit'], window: number): Promise<number> {
  let left = STRETCH
  const worker = async () => {
    while (left-- > 0) await submit()
  }
  await Promise.all(Array.from({ length: window }, worker))
  return STRETCH
}

async function ours(port: number): Promise<Client> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const bound = Promise.withResolvers<void>()
  const wire = socketWire(socket, { onOctets: (octets) => session.receive(octets), onLost: (why) => session.lost(why) })
  const session = new Session(
    {
      timers: systemTimers,
      write: (octets) => wire.write(octets),
      close: () => wire.close(),
      onBound: () => bound.resolve(),
      onRequest: () => false,
      onEnd: ({ message }) => bound.reject(new Error(message)),
      log: () => {},
    },
    { windowSize: 1_000, enquireLinkMs: 60_000, responseTimeoutMs: 60_000, bindTimeoutMs: 10_000 },
  )
  session.bind('transceiver', { system_id: 'bench' })
  await bound.promise
  return {
    async submit() {
      const { status } = await session.request({ command: 'submit_sm', fields: message })
      if (status !== 0) throw new Error(`A submit_sm came to ${status}.`)
    },
    close: () => wire.close(),
  }
}

async function theirs(port: number): Promise<Client> {
  const session = npm.connect({ url: `smpp://127.0.0.1:${port}`, noDelay: true, auto_enquire_link_period: 60_000 })
  await new Promise<void>((resolve) => session.bind_transceiver({ system_id: 'bench' }, () => resolve()))
  return {
    submit: () =>
      new Promise((resolve, reject) => {
        session.submit_sm({ ...message }, ({ command_status: status }) =>
          status === 0 ? resolve() : reject(new Error(`A submit_sm came to ${status}.`)),
        )
      }),
    close: () => session.close(),
  }
}

async function sink(kind: 'ours' | 'npm'): Promise<{ readonly process: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'smpp-sink.ts'), kind], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { process: child, port: Number(line) }
}
