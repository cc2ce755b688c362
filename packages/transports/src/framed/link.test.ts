import { Buffer } from 'node:buffer'
import { describe, expect, onTestFinished, test } from 'vitest'
import { someMt } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { ucpClient } from '../ucp/client.ts'
import { type UcpConfig, ucpConfigSchema } from '../ucp/config.ts'
import { PretendUcpSmsc } from '../ucp/pretend/smsc.ts'
import { FramedLink } from './link.ts'
import type { FramedSmscOptions } from './pretend/smsc.ts'

const quick = { lost: { firstMs: 5, maxMs: 20 }, refused: { firstMs: 50, maxMs: 100 } }

async function bench(options: FramedSmscOptions = {}, more: Partial<UcpConfig> = {}) {
  const smsc = await new PretendUcpSmsc({ retryMs: 5, ...options }).start()
  onTestFinished(() => smsc.stop())
  const host = new RecordingHost()
  const config = ucpConfigSchema.parse({ host: '127.0.0.1', port: smsc.port, user: '4040', password: 's', ...more })
  const link = new FramedLink(
    'smsc-a',
    ucpClient(config, () => host.now()),
    config,
    host,
    { backoff: quick },
  )
  onTestFinished(() => link.stop(0))
  return { smsc, link, host }
}

async function boundBench(options: FramedSmscOptions = {}, more: Partial<UcpConfig> = {}) {
  const all = await bench(options, more)
  all.link.start()
  await all.host.untilState('bound')
  return all
}

describe('logging in', () => {
  test('a wrong password is told in words, and tried again after the longer wait', async () => {
    const { smsc, link, host } = await bench({ credentials: { password: 'other' } })
    link.start()
    await host.untilState('refused')
    expect(link.status().lastError).toContain('User or password is wrong')
    await host.until(() => smsc.received.filter(({ operation }) => operation === '60').length > 1)
    expect(smsc.events.map(({ type }) => type)).not.toContain('bound')
  })

  test('"already logged in" is waited out', async () => {
    const { smsc, link, host } = await bench()
    smsc.fault({ bind: 'already-bound', times: 2 })
    link.start()
    await host.untilState('bound')
    expect(host.statuses.filter(({ state }) => state === 'refused')).toHaveLength(2)
    expect(link.status().lastError).toBeUndefined()
  })

  test('a login that the SMSC has forgotten is made again', async () => {
    const { smsc, link, host } = await boundBench()
    smsc.fault({ submit: 'refuse', status: 7 })
    await expect(link.send(someMt())).rejects.toMatchObject({ code: 'ucp/not-logged-in', retry: 'later' })
    await host.untilState('waiting')
    await host.untilState('bound')
    await expect(link.send(someMt())).resolves.toBeDefined()
  })
})

describe('doubt', () => {
  test.each([
    { fault: 'silent', code: 'ucp/no-response' },
    { fault: 'wrong-checksum', code: 'ucp/no-response' },
    { fault: 'drop', code: 'ucp/link-lost' },
    { fault: 'garbage', code: 'ucp/link-lost' },
  ] as const)('an MT whose answer is $fault is in doubt', async ({ fault, code }) => {
    const { smsc, link, host } = await boundBench({}, { responseTimeoutMs: 200 })
    smsc.fault({ submit: fault })
    await expect(link.send(someMt())).rejects.toMatchObject({ code, inDoubt: true, retry: 'later' })
    await host.untilState('bound')
    await expect(link.send(someMt())).resolves.toBeDefined()
  })
})

test.each(['split', 'join'] as const)('a stream that TCP has %s is the same conversation', async (tcp) => {
  const { smsc, link, host } = await boundBench()
  smsc.fault({ tcp })
  const phones = ['+36301234501', '+36301234502', '+36301234503']
  await Promise.all(phones.map((from) => smsc.hears({ from, to: '4040', text: `I am ${from}, jövök` })))
  await Promise.all(phones.map((to) => link.send(someMt({ to, wantsDlr: true }))))
  await host.until(({ dlrs }) => dlrs.length === 3)
  expect(host.mos.map(({ text }) => text).toSorted()).toEqual(phones.map((from) => `I am ${from}, jövök`))
})

test('a receipt that comes before the answer has the id of the answer', async () => {
  const { smsc, link, host } = await boundBench()
  smsc.fault({ submit: 'dlr-first' })
  const { providerIds } = await link.send(someMt({ wantsDlr: true }))
  await host.until(({ dlrs }) => dlrs.length === 1)
  expect(host.dlrs.map(({ providerId }) => providerId)).toEqual(providerIds)
})

test('never are more MTs unanswered than the window has room for, and all are sent', async () => {
  const { smsc, link } = await boundBench({}, { windowSize: 3 })
  const sent = Array.from({ length: 250 }, () => link.send(someMt()))
  expect(link.status().inFlight).toBeLessThanOrEqual(3)
  await Promise.all(sent)
  expect(smsc.mts).toHaveLength(250)
})

test('an MT of which only some segments were taken sends the others only', async () => {
  const { smsc, link } = await boundBench({}, { windowSize: 1 })
  smsc.fault({ submit: 'throttle' })
  const mt = someMt({ text: 'x'.repeat(400) })
  await expect(link.send(mt)).rejects.toMatchObject({ retry: 'throttled' })
  await link.send(mt)
  expect(smsc.received.filter(({ operation }) => operation === '51')).toHaveLength(4)
  expect(smsc.mts).toMatchObject([{ text: mt.text, segments: 3 }])
})

test('octets of another protocol close the link, which comes back', async () => {
  const { smsc, host } = await boundBench()
  smsc.fault({ octets: Buffer.from('HTTP/1.1 400 Bad Request\r\n').toString('hex') })
  await host.untilState('waiting')
  expect(host.logs).toContainEqual(
    expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ reason: 'garbage' }) }),
  )
  await host.untilState('bound')
})
