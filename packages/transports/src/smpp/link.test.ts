import { Buffer } from 'node:buffer'
import { createServer } from 'node:net'
import type { LinkStatus } from '@textloom/core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { someMt } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { type SmppConfig, smppConfigSchema } from './config.ts'
import { SmppLink } from './link.ts'
import { ESME } from './pdu/status.ts'
import { PretendSmsc, type PretendSmscOptions } from './pretend/smsc.ts'

const quick = { lost: { firstMs: 5, maxMs: 20 }, refused: { firstMs: 50, maxMs: 100 } }

function linkTo(port: number, more: Partial<SmppConfig> = {}) {
  const host = new RecordingHost()
  const config = smppConfigSchema.parse({ host: '127.0.0.1', port, systemId: 'tl', password: 'secret', ...more })
  const link = new SmppLink('smsc-a', config, host, { backoff: quick })
  onTestFinished(() => link.stop(0))
  return { link, host }
}

async function bench(options: PretendSmscOptions = {}, more: Partial<SmppConfig> = {}) {
  const smsc = await new PretendSmsc({ retryMs: 5, ...options }).start()
  onTestFinished(() => smsc.stop())
  const { link, host } = linkTo(smsc.port, more)
  return { smsc, link, host }
}

async function boundBench(options: PretendSmscOptions = {}, more: Partial<SmppConfig> = {}) {
  const all = await bench(options, more)
  all.link.start()
  await all.host.untilState('bound')
  return all
}

describe('binding', () => {
  test('sends the settings of the link', async () => {
    const { smsc } = await boundBench({}, { systemType: 'VMA', interfaceVersion: 0x33, addressRange: '^40' })
    expect(smsc.received('bind_transceiver')[0]?.fields).toEqual({
      system_id: 'tl',
      password: 'secret',
      system_type: 'VMA',
      interface_version: 0x33,
      addr_ton: 0,
      addr_npi: 0,
      address_range: '^40',
    })
  })

  test.each(['transmitter', 'receiver', 'transceiver'] as const)('as %s is one bind of that kind', async (bind) => {
    const { smsc, link } = await boundBench({}, { bind })
    expect(smsc.connections.map(({ mode }) => mode)).toEqual([bind])
    expect(link.status()).toMatchObject({ state: 'bound', inFlight: 0, windowSize: 10 })
  })

  test('as a pair is bound when both binds are, and only the receiver begins an epoch', async () => {
    const { smsc, host } = await boundBench({}, { bind: 'pair' })
    expect(smsc.connections.map(({ mode }) => mode).toSorted()).toEqual(['receiver', 'transmitter'])
    expect(host.epochs).toEqual(['e1'])
  })

  test('a receiver cannot send, and says what to change', async () => {
    const { link } = await boundBench({}, { bind: 'receiver' })
    await expect(link.send(someMt())).rejects.toMatchObject({ code: 'smpp/receive-only', retry: 'never' })
  })

  test.each([
    { what: 'a wrong password', credentials: { password: 'other' }, says: 'The password is wrong' },
    { what: 'a wrong system id', credentials: { systemId: 'other' }, says: 'does not know this systemId' },
  ])('$what is told in words, and tried again after the longer wait', async ({ credentials, says }) => {
    const { smsc, link, host } = await bench({ credentials })
    link.start()
    await host.untilState('refused')
    expect(link.status().lastError).toContain(says)
    await host.until(() => smsc.received('bind_transceiver').length > 1)
    expect(smsc.events.map(({ type }) => type)).not.toContain('bound')
  })

  test('field trap 9: "already bound" is waited out', async () => {
    const { smsc, link, host } = await bench()
    smsc.fault({ bind: 'already-bound', times: 2 })
    link.start()
    await host.untilState('refused')
    expect(link.status().lastError).toContain('bound already')
    await host.untilState('bound')
    expect(host.statuses.map(({ state }) => state).filter((state) => state === 'refused')).toHaveLength(2)
    expect(link.status().lastError).toBeUndefined()
  })

  test('an SMSC that is away is tried until it is there', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => probe.once('listening', resolve))
    const { port } = probe.address() as { port: number }
    await new Promise((resolve) => probe.close(resolve))
    const { link, host } = linkTo(port)
    link.start()
    await host.until(({ statuses }) => statuses.filter(({ state }) => state === 'waiting').length > 2)
    expect(link.status().lastError).toContain('ECONNREFUSED')
    const smsc = await new PretendSmsc({ port }).start()
    onTestFinished(() => smsc.stop())
    await host.untilState('bound')
  })

  test('an SMSC that unbinds is bound to again', async () => {
    const { smsc, host } = await boundBench()
    // The answer to an unbind may come after the link has begun to wait, and that wait may be over by then.
    const waiting = host.untilState('waiting')
    await smsc.connections[0]?.unbind(1_000)
    await waiting
    await host.untilState('bound')
    expect(host.logs.map(({ fields }) => fields)).toContainEqual(expect.objectContaining({ reason: 'peer-unbound' }))
  })
})

describe('what is not SMPP', () => {
  test.each([
    { what: 'HTTP', octets: Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n').toString('hex') },
    { what: 'a length of 0', octets: '00000000' },
    { what: 'a length beyond all bounds', octets: 'ffffffff00000004' },
  ])('field trap 12: $what closes the link, which comes back', async ({ octets }) => {
    const { smsc, host } = await boundBench()
    smsc.fault({ octets })
    await host.untilState('waiting')
    expect(host.logs.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { reason: 'garbage', problem: expect.stringContaining('command_length at octet') } },
    ])
    await host.untilState('bound')
  })

  test('a PDU that does not parse costs one log line with its place, and no bind', async () => {
    const { smsc, host } = await boundBench()
    smsc.fault({ octets: '000000120000000500000000000000630000' })
    await smsc.hears({ from: '+36301234567', to: '4040', text: 'YES' })
    expect(host.logs.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { link: 'smsc-a', problem: expect.stringContaining('deliver_sm.source_addr_npi at octet 18') } },
    ])
    expect(host.epochs).toHaveLength(1)
  })
})

describe.each(['split', 'join'] as const)('a stream that TCP has %s', (tcp) => {
  test('is the same conversation', async () => {
    const { smsc, link, host } = await boundBench()
    smsc.fault({ tcp })
    const phones = ['+36301234501', '+36301234502', '+36301234503']
    await Promise.all(phones.map((from) => smsc.hears({ from, to: '4040', text: `I am ${from}, jövök` })))
    await Promise.all(phones.map((to) => link.send(someMt({ to, wantsDlr: true }))))
    await host.until(({ dlrs }) => dlrs.length === 3)
    expect(host.mos.map(({ text }) => text).toSorted()).toEqual(phones.map((from) => `I am ${from}, jövök`))
  })
})

describe('doubt', () => {
  test('field trap 8: an MT that the SMSC never answers is in doubt', async () => {
    const { smsc, link } = await boundBench({}, { responseTimeoutMs: 1000 })
    smsc.fault({ submit: 'silent' })
    await expect(link.send(someMt())).rejects.toMatchObject({ code: 'smpp/no-response', inDoubt: true, retry: 'later' })
    await expect(link.send(someMt())).resolves.toBeDefined()
  })

  test('an MT whose connection breaks before the answer is in doubt', async () => {
    const { smsc, link, host } = await boundBench()
    smsc.fault({ submit: 'drop' })
    await expect(link.send(someMt())).rejects.toMatchObject({ code: 'smpp/link-lost', inDoubt: true, retry: 'later' })
    expect(smsc.mts).toHaveLength(1)
    await host.untilState('waiting')
  })

  test('an MT that waits for room in the window has not left when the connection breaks', async () => {
    const { smsc, link } = await boundBench({}, { windowSize: 1 })
    smsc.fault({ submit: 'silent' })
    const both = Promise.allSettled([link.send(someMt()), link.send(someMt())])
    await smsc.next('mt')
    smsc.dropConnections()
    expect(await both).toMatchObject([{ reason: { inDoubt: true } }, { reason: { inDoubt: false } }])
  })

  test('an SMSC that forgot the bind is bound to again', async () => {
    const { smsc, link, host } = await boundBench()
    smsc.fault({ submit: 'refuse', status: 'ESME_RINVBNDSTS' })
    await expect(link.send(someMt())).rejects.toMatchObject({ retry: 'later', inDoubt: false })
    await host.untilState('waiting')
    await host.untilState('bound')
  })
})

describe('long MTs', () => {
  const long = 'abc'.repeat(150)

  test('field trap 7: the window counts segments', async () => {
    const { smsc, link } = await boundBench({}, { windowSize: 2 })
    smsc.fault({ submit: 'delay', ms: 60, times: 3 })
    const sent = link.send(someMt({ text: long }))
    await new Promise<void>((resolve) => setTimeout(resolve, 30))
    expect(smsc.received('submit_sm')).toHaveLength(2)
    expect(link.status()).toMatchObject({ inFlight: 2, windowSize: 2 })
    expect((await sent).providerIds).toHaveLength(3)
  })

  test('of which a segment was refused are finished by sending that segment only', async () => {
    const { smsc, link } = await boundBench()
    const mt = someMt({ text: long })
    smsc.fault({ submit: 'throttle' })
    await expect(link.send(mt)).rejects.toMatchObject({ retry: 'throttled' })
    const arrived = smsc.next('mt')
    const { providerIds } = await link.send(mt)
    expect((await arrived).text).toBe(long)
    expect(new Set(providerIds).size).toBe(3)
    expect(smsc.received('submit_sm')).toHaveLength(4)
  })
})

describe('receipts', () => {
  test.each(['text', 'decimal', 'hex', 'hex-to-decimal', 'decimal-to-hex', 'padded', 'uuid'] as const)(
    'field trap 1: come home under the id of the submit response, ids being %s',
    async (ids) => {
      const { link, host } = await boundBench({ ids, firstId: 0x7f3a0000 })
      const sent = await Promise.all([1, 2, 3].map(() => link.send(someMt({ wantsDlr: true }))))
      await host.until(({ dlrs }) => dlrs.length === 3)
      const expected = sent.flatMap(({ providerIds }) => providerIds)
      expect(host.dlrs.map(({ providerId }) => providerId).toSorted()).toEqual(expected.toSorted())
    },
  )

  test.each(['both', 'text', 'tlv'] as const)('written as %s say what became of the MT', async (receipts) => {
    const { link, host } = await boundBench({ receipts, dlr: { state: 'undeliverable' } })
    await link.send(someMt({ to: '+36301234567', wantsDlr: true }))
    await host.until(({ dlrs }) => dlrs.length === 1)
    expect(host.dlrs).toMatchObject([{ state: 'undeliverable', from: '+36301234567', to: '4040' }])
  })

  test('field trap 3: may come before the submit response', async () => {
    const { smsc, link, host } = await boundBench({ dlr: null })
    smsc.fault({ submit: 'dlr-first', ms: 50 })
    const order: string[] = []
    const sent = link.send(someMt({ wantsDlr: true })).then(({ providerIds }) => order.push(`sent ${providerIds}`))
    await host.until(({ dlrs }) => dlrs.length === 1)
    order.push(`dlr ${host.dlrs[0]?.providerId}`)
    await sent
    const id = host.dlrs[0]?.providerId
    expect(order).toEqual([`dlr ${id}`, `sent ${id}`])
  })

  test('that could not be stored come again', async () => {
    const { link, host } = await boundBench()
    let attempts = 0
    host.store = () => (++attempts === 1 ? Promise.reject(new Error('away')) : Promise.resolve())
    await link.send(someMt({ wantsDlr: true }))
    await host.until(({ dlrs }) => dlrs.length === 1)
    expect(attempts).toBe(2)
  })
})

test('a transmitter takes a receipt, and no MO', async () => {
  const { smsc, link, host } = await boundBench({ dlr: null }, { bind: 'transmitter' })
  const { providerIds } = await link.send(someMt())
  const [connection] = smsc.connections
  const to = { destination_addr: '4040' }
  const receipt = { receipted_message_id: providerIds[0] ?? '', message_state: 2 }
  const taken = await connection?.request({ command: 'deliver_sm', fields: { ...to, esm_class: 4 }, tlvs: receipt })
  expect(taken?.status).toBe(0)
  expect(host.dlrs).toMatchObject([{ providerId: providerIds[0], state: 'delivered' }])
  const refused = await connection?.request({ command: 'deliver_sm', fields: to })
  expect(refused?.status).toBe(ESME.RINVBNDSTS)
  expect(host.mos).toEqual([])
})

describe('MOs', () => {
  const mo = { from: '+36301234567', to: '4040', text: 'YES' }

  test('carry link, bind and sequence number in their id', async () => {
    const { smsc, host } = await boundBench()
    await smsc.hears(mo)
    expect(host.mos[0]?.id).toMatch(/^mo:smsc-a:e1:\d+$/)
  })

  test('that were not answered before the connection broke come again: another id, the same fingerprint', async () => {
    const { smsc, host } = await boundBench()
    const stored = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    host.store = () => {
      reached.resolve()
      return stored.promise
    }
    const taken = smsc.hears(mo)
    await reached.promise
    smsc.dropConnections()
    stored.resolve()
    await taken
    await host.until(({ mos }) => mos.length === 2)
    const [first, second] = host.mos
    expect(first?.id).not.toBe(second?.id)
    expect(first?.fingerprint).toBe(second?.fingerprint)
  })

  test('wait for nothing but their own storing', async () => {
    const { smsc, host } = await boundBench()
    const never = new Promise<void>(() => {})
    host.store = (inbound) => (inbound.from === '+36301234501' ? never : Promise.resolve())
    void smsc.hears({ ...mo, from: '+36301234501' })
    expect(await smsc.hears({ ...mo, from: '+36301234502' })).toBe(true)
  })

  test.each(['udh8', 'udh16', 'sar'] as const)('field trap 16: long ones come in parts: %s', async (long) => {
    const { smsc, host } = await boundBench({ long })
    await smsc.hears({ ...mo, text: 'abc'.repeat(100) })
    expect(host.mos.map(({ part }) => `${part?.sequence}/${part?.total}`)).toEqual(['1/2', '2/2'])
    expect(host.mos.map(({ text }) => text).join('')).toBe('abc'.repeat(100))
  })

  test('field trap 16: long ones come whole in message_payload', async () => {
    const { smsc, host } = await boundBench({ long: 'payload' })
    await smsc.hears({ ...mo, text: 'abc'.repeat(100) })
    expect(host.mos).toMatchObject([{ text: 'abc'.repeat(100) }])
  })
})

test('every change of state is told, each once', async () => {
  const { link, host } = await boundBench()
  await link.stop(0)
  const states: LinkStatus['state'][] = ['connecting', 'bound', 'stopped']
  expect(host.statuses.map(({ state }) => state)).toEqual(states)
})

test('logs hold neither texts nor full numbers', async () => {
  const { smsc, link, host } = await boundBench()
  host.store = () => Promise.reject(new Error('away'))
  void smsc.hears({ from: '+36301234567', to: '4040', text: 'SECRET' })
  await host.until(({ logs }) => logs.length > 1)
  smsc.fault({ submit: 'refuse' })
  const error = await link
    .send(someMt({ text: 'SECRET', to: '+36301234567' }))
    .catch((problem: unknown) => String(problem))
  expect(`${JSON.stringify(host.logs)} ${error}`).not.toMatch(/SECRET|6301234567/)
})
