import { Buffer } from 'node:buffer'
import { expect, onTestFinished, test } from 'vitest'
import { cimd2Client } from '../cimd2/client.ts'
import type { Cimd2Config } from '../cimd2/config.ts'
import { type Cimd2Frame, cimd2Request, parameterOf } from '../cimd2/frame.ts'
import { cimd2 } from '../cimd2/index.ts'
import { PretendCimd2Smsc } from '../cimd2/pretend/smsc.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { ucpClient } from '../ucp/client.ts'
import type { UcpConfig } from '../ucp/config.ts'
import { ucpErrands } from '../ucp/errands.ts'
import { type UcpFrame, ucpNack, ucpRequest } from '../ucp/frame.ts'
import { ucp } from '../ucp/index.ts'
import { PretendUcpSmsc } from '../ucp/pretend/smsc.ts'
import { FramedLink } from './link.ts'
import { Passwords } from './passwords.ts'
import type { FramedSmscOptions } from './pretend/smsc.ts'

const accounts = { ucp: '4040', cimd2: 'tl' } as const
type Kind = keyof typeof accounts

const backoff = { lost: { firstMs: 5, maxMs: 20 }, refused: { firstMs: 5, maxMs: 20 } }

const ucpLink = (config: UcpConfig, host: RecordingHost) =>
  new FramedLink('a', ucpClient(config, Date.now), config, host, { backoff })
const cimd2Link = (config: Cimd2Config, host: RecordingHost) =>
  new FramedLink('a', cimd2Client(config, Date.now), config, host, { backoff })

async function bench(kind: Kind, options: FramedSmscOptions, settings: object = {}) {
  const smsc = await (kind === 'ucp' ? new PretendUcpSmsc(options) : new PretendCimd2Smsc(options)).start()
  const host = new RecordingHost()
  const config = { host: '127.0.0.1', port: smsc.port, user: accounts[kind], password: 'old', ...settings }
  const link = kind === 'ucp' ? ucpLink(ucp.config.parse(config), host) : cimd2Link(cimd2.config.parse(config), host)
  onTestFinished(async () => {
    await link.stop(0)
    await smsc.stop()
  })
  const start = async () => {
    link.start()
    await host.untilState('bound')
  }
  return { smsc, host, link, start }
}

const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex').toUpperCase()

const operations = (smsc: PretendUcpSmsc | PretendCimd2Smsc) => smsc.received.map(({ operation }) => Number(operation))

test.each([
  { kind: 'ucp', login: 60, change: 60 },
  { kind: 'cimd2', login: 1, change: 8 },
] as const)(
  'a $kind link changes its password where the SMSC knows only the old one, and then uses the new one',
  async ({ kind, login, change }) => {
    const credentials = { systemId: accounts[kind], password: 'old' }
    const { smsc, host, link, start } = await bench(kind, { credentials }, { newPassword: 'new' })
    await start()
    await host.until(() => link.status().facts?.password === 'changed')
    expect(operations(smsc)).toEqual([login, login, change])
    const again = smsc.next('bound')
    smsc.dropConnections()
    await again
    expect(operations(smsc)).toEqual([login, login, change, login])
  },
)

test.each(['ucp', 'cimd2'] as const)(
  'a %s link whose account knows the new password leaves it as it is',
  async (kind) => {
    const credentials = { systemId: accounts[kind], password: 'new' }
    const { smsc, start } = await bench(kind, { credentials }, { newPassword: 'new' })
    await start()
    expect(operations(smsc)).toHaveLength(1)
  },
)

test.each(['ucp', 'cimd2'] as const)(
  'a %s link that the SMSC knows by neither password is told so for good',
  async (kind) => {
    const credentials = { systemId: accounts[kind], password: 'another' }
    const { host, link } = await bench(kind, { credentials }, { newPassword: 'new' })
    link.start()
    await host.untilState('refused')
    expect(link.status().lastError).toContain('password')
  },
)

test('a UCP link puts its addresses on the MO list, and minds none that is there', async () => {
  const { smsc, host, start } = await bench('ucp', {}, { moList: ['4040', '+36301234567'] })
  smsc.lists.mo.add('4040')
  await start()
  await expect.poll(() => [...smsc.lists.mo]).toEqual(['4040', '36301234567'])
  expect(host.logs.filter(({ level }) => level === 'warn')).toEqual([])
})

test('a CIMD2 link asks for the MOs that wait, again and again, and gets none in between', async () => {
  const { smsc, host, start } = await bench('cimd2', { holdsMos: true }, { fetchEveryMs: 20 })
  const first = smsc.hears({ from: '+36301234567', to: '4040', text: 'waits for the login' })
  expect(smsc.waiting).toBe(1)
  await start()
  expect(await first).toBe(true)
  expect(await smsc.hears({ from: '+36301234567', to: '4040', text: 'waits for the next time' })).toBe(true)
  expect(host.mos.map(({ text }) => text)).toEqual(['waits for the login', 'waits for the next time'])
})

test('a CIMD2 link tells by how much the clock of the SMSC is ahead', async () => {
  const { link, host, start } = await bench('cimd2', {}, { asksForTime: true, timezone: '-01:00' })
  await start()
  await host.until(() => link.status().facts?.clockAheadS !== undefined)
  const { clockAheadS } = link.status().facts ?? {}
  expect(Math.round(Number(clockAheadS) / 60)).toBe(60)
})

test('what the SMSC refuses is a problem for the log', () => {
  const config = ucp.config.parse({ host: 'h', port: 1, user: '4040', moList: ['4040'] })
  const [listing] = ucpErrands(config, new Passwords('', ''))
  expect(listing?.hear({ ...ucpNack({ operation: '61' }, '35'), number: 1 })).toEqual({
    problem: 'the SMSC refused it (35, list full)',
  })
})

test('the lists of an account: what is there is removed and verified, what is not is refused', async () => {
  const asked = (STYP: string) => ucpRequest('61', { OAdC: '4040', STYP, VERS: '0100', LAdC: '4040' })
  const verdicts: (string | undefined)[] = []
  const smsc = await new PretendUcpSmsc().start()
  const host = new RecordingHost()
  const config = ucp.config.parse({ host: '127.0.0.1', port: smsc.port, user: '4040', password: 's' })
  const hear = ({ fields }: UcpFrame) => {
    verdicts.push(fields.ack === 'A' ? 'done' : fields.EC)
    return {}
  }
  const errands = ['3', '2', '1', '1', '3', '2', '4', '6', '9'].map((styp) => ({
    name: styp,
    request: asked(styp),
    hear,
  }))
  const link = new FramedLink('a', { ...ucpClient(config, Date.now), errands: () => errands }, config, host)
  onTestFinished(async () => {
    await link.stop(0)
    await smsc.stop()
  })
  link.start()
  await expect.poll(() => verdicts).toEqual(['34', '34', 'done', '33', 'done', 'done', 'done', 'done', '02'])
  expect([smsc.lists.mo.size, [...smsc.lists.mt]]).toEqual([0, ['4040']])
})

test('an account has a password for messages and one for provisioning, each changed by itself', async () => {
  const session = (STYP: string, PWD: string, NPWD?: string) => ({
    name: `${STYP} ${PWD}`,
    request: ucpRequest('60', { OAdC: '4040', STYP, PWD: hex(PWD), ...(NPWD && { NPWD: hex(NPWD) }), VERS: '0100' }),
  })
  const asked = [
    { ...session('6', 'wrong', 'new'), verdict: '07' },
    { ...session('6', 'old'), verdict: '07' },
    { ...session('6', 'old', 'new'), verdict: 'done' },
    { ...session('4', 'new'), verdict: 'done' },
    { ...session('1', 'old'), verdict: 'done' },
    { ...session('3', 'old', 'other'), verdict: 'done' },
    { ...session('5', 'old'), verdict: '03' },
    { ...session('4', 'other'), verdict: '07' },
  ]
  const verdicts: (string | undefined)[] = []
  const smsc = await new PretendUcpSmsc({ credentials: { systemId: '4040', password: 'old' } }).start()
  const config = ucp.config.parse({ host: '127.0.0.1', port: smsc.port, user: '4040', password: 'old' })
  const hear = ({ fields }: UcpFrame) => {
    verdicts.push(fields.ack === 'A' ? 'done' : fields.EC)
    return {}
  }
  const errands = asked.map((errand) => ({ ...errand, hear }))
  const protocol = { ...ucpClient(config, Date.now), errands: () => errands }
  const link = new FramedLink('a', protocol, config, new RecordingHost())
  onTestFinished(async () => {
    await link.stop(0)
    await smsc.stop()
  })
  link.start()
  await expect.poll(() => verdicts.slice(0, asked.length)).toEqual(asked.map(({ verdict }) => verdict))
})

test.each([
  { mode: [], brings: 1, says: '2' },
  { mode: [[68, '1']], brings: 1, says: '2' },
  { mode: [[68, '2']], brings: 2, says: '2' },
  { mode: [[68, '0']], brings: 0, says: '2' },
] as const)('a delivery request of mode $mode brings $brings of two MOs', async ({ mode, brings, says }) => {
  const smsc = await new PretendCimd2Smsc({ holdsMos: true }).start()
  const host = new RecordingHost()
  const config = cimd2.config.parse({ host: '127.0.0.1', port: smsc.port, user: 'tl' })
  const counts: (string | undefined)[] = []
  const hear = (answer: Cimd2Frame) => {
    counts.push(parameterOf(answer, 66))
    return {}
  }
  const errand = { name: 'mos', request: cimd2Request(5, mode), hear }
  const link = new FramedLink('a', { ...cimd2Client(config, Date.now), errands: () => [errand] }, config, host)
  onTestFinished(async () => {
    await link.stop(0)
    await smsc.stop()
  })
  for (const text of ['one', 'two']) void smsc.hears({ from: '+36301234567', to: '4040', text })
  link.start()
  await expect.poll(() => [counts, smsc.waiting]).toEqual([[says], 2 - brings])
  expect(host.mos).toHaveLength(brings)
})
