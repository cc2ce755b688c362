import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { kannel } from '../peers.ts'
import { freePorts } from './free-ports.ts'

/** A running Kannel that answers keywords. */
export interface Kannel {
  /** Where its HTTP interface takes MTs to send. */
  readonly sendsmsPort: number
  /** What bearerbox and smsbox wrote to their logs, that of messages included. */
  logs(): Promise<string>
}

/** What Kannel calls the protocols that it speaks to our SMSCs. */
type KannelProtocol = 'smpp' | 'emi' | 'cimd2' | 'http' | 'at'

/**
 * Starts bearerbox and smsbox with one connection to `port` and these services (`group = sms-service` blocks without
 * that line); ends them with the test. By `http` Kannel listens on `port`, and `moreLines` say where it sends; by `at` they
 * say which device its modem is, and the port is nobody's.
 */
export async function startKannel(
  port: number,
  services: readonly string[],
  protocol: KannelProtocol = 'smpp',
  moreLines = '',
): Promise<Kannel> {
  const folder = await mkdtemp(join(tmpdir(), 'textloom-kannel-'))
  const [adminPort = 0, smsboxPort = 0, sendsmsPort = 0] = await freePorts(3)
  const file = join(folder, 'kannel.conf')
  await writeFile(
    file,
    configuration({ folder, port, adminPort, smsboxPort, sendsmsPort, services, protocol, moreLines }),
  )
  const bearerbox = run('bearerbox', file)
  await waitUntil(async () => (await readLog(folder, 'bb.log')).includes('starting'))
  const smsbox = run('smsbox', file)
  onTestFinished(async () => {
    await end(smsbox)
    await end(bearerbox)
    await rm(folder, { recursive: true })
  })
  await waitUntil(async () => (await readLog(folder, 'sb.log')).includes('Connected to bearerbox'))
  const logs = async () =>
    (await Promise.all(['bb.log', 'sb.log', 'access.log'].map((name) => readLog(folder, name)))).join('')
  return { sendsmsPort, logs }
}

function configuration(with_: {
  folder: string
  port: number
  adminPort: number
  smsboxPort: number
  sendsmsPort: number
  services: readonly string[]
  protocol: KannelProtocol
  moreLines: string
}): string {
  return `
group = core
admin-port = ${with_.adminPort}
admin-interface = 127.0.0.1
admin-password = bar
smsbox-port = ${with_.smsboxPort}
smsbox-interface = 127.0.0.1
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
log-file = "${join(with_.folder, 'bb.log')}"
log-level = 0
sms-resend-freq = 1
access-log = "${join(with_.folder, 'access.log')}"

group = smsc
smsc = ${with_.protocol}
smsc-id = TEXTLOOM
host = 127.0.0.1
port = ${with_.port}
reconnect-delay = 1
${protocolLines[with_.protocol]}
${with_.moreLines}

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${with_.sendsmsPort}
sendsms-interface = 127.0.0.1
log-file = "${join(with_.folder, 'sb.log')}"
log-level = 0

group = sendsms-user
username = tester
password = foobar
concatenation = true
max-messages = 10
${with_.services.map((service) => `\ngroup = sms-service\n${service.trim()}\n`).join('')}`
}

const protocolLines: Readonly<Record<KannelProtocol, string>> = {
  smpp: `transceiver-mode = true
interface-version = 34
smsc-username = "esme"
smsc-password = "secret"
system-type = "VMA"
address-range = ""
source-addr-ton = 0
source-addr-npi = 1
dest-addr-ton = 1
dest-addr-npi = 1
enquire-link-interval = 10
max-pending-submits = 50`,
  emi: `smsc-username = 4040
smsc-password = "secret"
my-number = 4040
keepalive = 5
flow-control = 1
window = 10
wait-ack = 30`,
  cimd2: `smsc-username = "esme"
smsc-password = "secret"
my-number = 40
keepalive = 5`,
  http: `system-type = kannel
connect-allow-ip = 127.0.0.1`,
  at: `modemtype = generic
speed = 115200
my-number = 4040`,
}

function run(program: 'bearerbox' | 'smsbox', file: string): ChildProcess {
  if (kannel.path === undefined) throw new Error('Kannel is not installed: use describeWith([kannel], …).')
  return spawn(join(dirname(kannel.path), program), ['-v', '4', file], { stdio: 'ignore' })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(timer)
}

async function readLog(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8').catch(() => '')
}

/** Other programs tell nobody when they are ready: their logs are looked at. */
async function waitUntil(isSo: () => Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const end = Date.now() + timeoutMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Kannel was not ready within ${timeoutMs / 1000} s.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
