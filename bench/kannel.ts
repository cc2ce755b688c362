import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Kannel, answering every text that comes by SMPP with a fixed one. */
export interface Kannel {
  readonly pids: readonly number[]
  stop(): Promise<void>
}

const bearerbox = '/usr/sbin/bearerbox'
const smsbox = '/usr/sbin/smsbox'

/** Why Kannel cannot be compared with here; undefined when it can. */
export function kannelMissing(): string | undefined {
  if (existsSync(bearerbox) && existsSync(smsbox)) return undefined
  return 'Kannel is not installed (Debian package kannel), so there is no ratio to it.'
}

/** Starts both of its boxes against an SMSC on 127.0.0.1. They bind when they like: wait for that at the SMSC. */
export async function startKannel(smscPort: number, window: number): Promise<Kannel> {
  const folder = await mkdtemp(join(tmpdir(), 'textloom-kannel-'))
  const file = join(folder, 'kannel.conf')
  await writeFile(file, configuration(smscPort, window, await freePorts(3)))
  const start = (box: string) => spawn(box, ['-v', '4', file], { cwd: folder, stdio: 'ignore' })
  const boxes = [start(bearerbox)]
  await pause(1_000) // the other one gives up when it finds nobody
  boxes.push(start(smsbox))
  return {
    pids: boxes.flatMap(({ pid }) => pid ?? []),
    async stop() {
      for (const box of boxes.reverse()) await end(box)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** SIGTERM, and SIGKILL for one that takes its time. */
async function end(box: ChildProcess): Promise<void> {
  if (box.exitCode !== null || box.signalCode !== null) return
  const ended = new Promise((resolve) => box.once('exit', resolve))
  box.kill('SIGTERM')
  const insist = setTimeout(() => box.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(insist)
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address()
      await new Promise((resolve) => server.close(resolve))
      return typeof address === 'object' && address !== null ? address.port : 0
    }),
  )
}

function configuration(smscPort: number, window: number, [admin = 0, boxes = 0, sendSms = 0]: number[]): string {
  const groups: Record<string, string | number>[] = [
    {
      group: 'core',
      'admin-port': admin,
      'admin-interface': '127.0.0.1',
      'admin-password': 'bar',
      'smsbox-port': boxes,
      'smsbox-interface': '127.0.0.1',
      'box-deny-ip': '"*.*.*.*"',
      'box-allow-ip': '"127.0.0.1"',
      'log-file': '"bearerbox.log"',
      'log-level': 4,
    },
    {
      group: 'smsc',
      smsc: 'smpp',
      'smsc-id': 'PEER',
      host: '127.0.0.1',
      port: smscPort,
      'transceiver-mode': 'true',
      'interface-version': 34,
      'smsc-username': '"esme"',
      'smsc-password': '"secret"',
      'system-type': '"VMA"',
      'address-range': '""',
      'source-addr-ton': 1,
      'source-addr-npi': 1,
      'dest-addr-ton': 1,
      'dest-addr-npi': 1,
      'enquire-link-interval': 10,
      'max-pending-submits': window,
      'reconnect-delay': 2,
    },
    {
      group: 'smsbox',
      'bearerbox-host': '127.0.0.1',
      'sendsms-port': sendSms,
      'sendsms-interface': '127.0.0.1',
      'log-file': '"smsbox.log"',
      'log-level': 4,
    },
    { group: 'sendsms-user', username: 'tester', password: 'foobar' },
    { group: 'sms-service', keyword: 'ping', text: '"PONG fixed answer"', 'catch-all': 'true', 'max-messages': 1 },
    { group: 'sms-service', keyword: 'default', text: '"No service specified"' },
  ]
  return groups
    .map((fields) =>
      Object.entries(fields)
        .map(([name, value]) => `${name} = ${value}\n`)
        .join(''),
    )
    .join('\n')
}
