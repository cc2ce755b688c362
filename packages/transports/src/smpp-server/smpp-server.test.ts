import { Buffer } from 'node:buffer'
import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { smppConfigSchema } from '../smpp/config.ts'
import { SmppLink } from '../smpp/link.ts'
import { ESME } from '../smpp/pdu/status.ts'
import { noCertificates, selfSigned } from '../testing/certificate.ts'
import { type ConformanceBench, someMt, transportConformance } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { smppServerConfigSchema } from './config.ts'
import { SmppServerLink } from './link.ts'
import { CERTIFIED_NAME, PretendEsme } from './pretend-esme.ts'

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function listening(more: object = {}) {
  const port = await freePort()
  const host = new RecordingHost()
  const config = smppServerConfigSchema.parse({ port, systemId: 'tl', password: 's', ...more })
  const backoff = { lost: { firstMs: 5, maxMs: 20 }, refused: { firstMs: 5, maxMs: 20 } }
  const link = new SmppServerLink('partner', config, host, { backoff })
  onTestFinished(() => link.stop(0))
  const esme = (options: Partial<ConstructorParameters<typeof PretendEsme>[0]> = {}) => {
    const one = new PretendEsme({ port, ...options })
    onTestFinished(() => one.stop())
    return one.start()
  }
  return { port, host, link, esme }
}

async function boundBench(more: object = {}) {
  const all = await listening(more)
  all.link.start()
  const esme = all.esme()
  await all.host.untilState('bound')
  return { ...all, esme, another: all.esme }
}

async function conformanceBench(more: object = {}): Promise<ConformanceBench> {
  const { link, host, esme } = await listening(more)
  const peer = esme()
  const statuses = { later: ESME.RX_T_APPN, never: ESME.RX_P_APPN, throttled: ESME.RMSGQFUL }
  return {
    link,
    host,
    hears: async (from, to, text) => {
      await peer.submit(from, to, text)
    },
    nextMt: async () => {
      const before = peer.mts.length
      await peer.until(() => peer.mts.length > before)
      return peer.mts[before] as NonNullable<(typeof peer.mts)[number]>
    },
    refuseNext: (how) => peer.next({ status: statuses[how] }),
    delayNext: (delayMs) => peer.next({ delayMs }),
    breakConnection: () => peer.drop(),
    garbage: () => peer.writeRaw(Buffer.alloc(2_000, 0xff)),
    close: () => link.stop(0),
  }
}

transportConformance('smpp-server', () => conformanceBench())
transportConformance('smpp-server with message_payload', () => conformanceBench({ longMessages: 'payload' }))

describe('whoever binds', () => {
  test.each([
    { what: 'a wrong password', who: { password: 'other' }, says: 'ESME_RINVPASWD' },
    { what: 'a wrong system id', who: { systemId: 'other' }, says: 'ESME_RINVSYSID' },
  ])('with $what is refused', async ({ who, says }) => {
    const { link, host, esme } = await listening()
    link.start()
    const stranger = esme(who)
    await stranger.until(() => stranger.lastError?.includes(says) === true)
    expect(host.statuses.map(({ state }) => state)).not.toContain('bound')
    expect(link.status()).toMatchObject({ state: 'waiting', lastError: expect.stringContaining('Nobody is bound') })
  })

  test.each([
    { who: { systemId: 'shop', password: 'other' }, bound: true },
    { who: { systemId: 'tl', password: 's' }, bound: true },
    { who: { systemId: 'shop', password: 's' }, bound: false, says: 'ESME_RINVPASWD' },
    { who: { systemId: 'closed', password: '' }, bound: false, says: 'ESME_RINVSYSID' },
  ])('as one of several accounts: $who.systemId with "$who.password"', async ({ who, bound, says = '' }) => {
    const { link, host, esme } = await listening({ accounts: { shop: 'other', closed: '' } })
    link.start()
    const one = esme(who)
    if (!bound) {
      await one.until(() => one.lastError?.includes(says) === true)
      return
    }
    await host.untilState('bound')
    expect(link.status().facts).toEqual({ binds: 1, [`binds of ${who.systemId}`]: 1 })
    await one.submit('+36301234567', '4040', 'YES')
    expect(host.mos).toMatchObject([{ text: 'YES', facts: { systemId: who.systemId } }])
  })

  test('beyond the connections that are allowed is refused', async () => {
    const { another, link } = await boundBench({ maxBinds: 1 })
    const second = another()
    await second.until(() => second.lastError?.includes('ESME_RBINDFAIL') === true)
    expect(link.status().facts).toEqual({ binds: 1 })
  })

  test('only to submit gets nothing, and the MTs wait', async () => {
    const { link, host, esme } = await listening()
    link.start()
    const transmitter = esme({ mode: 'transmitter' })
    await host.untilState('bound')
    expect(link.status().windowSize).toBe(0)
    await expect(link.send(someMt())).rejects.toMatchObject({ code: 'smpp/nobody-bound', retry: 'later' })
    await transmitter.submit('+36301234567', '4040', 'YES')
    expect(host.mos).toMatchObject([{ text: 'YES' }])
  })

  test('only to receive may not submit', async () => {
    const { link, host, esme } = await listening()
    link.start()
    const receiver = esme({ mode: 'receiver' })
    await host.untilState('bound')
    await expect(receiver.submit('+36301234567', '4040', 'YES')).rejects.toThrow('may not submit')
    expect(host.mos).toEqual([])
  })
})

describe('what is submitted', () => {
  test('gets an id, and a receipt where one is asked for, once it is stored', async () => {
    const { esme, host } = await boundBench()
    const [id = ''] = await esme.submit('+36301234567', '4040', 'YES', true)
    await esme.until(() => esme.receipts.length === 1)
    expect(esme.receipts[0]).toMatchObject({
      fields: { source_addr: '4040', destination_addr: '36301234567' },
      tlvs: { receipted_message_id: id, message_state: 2 },
    })
    expect(host.mos).toMatchObject([{ from: '+36301234567', to: '4040', text: 'YES' }])
    await esme.submit('+36301234567', '4040', 'no receipt')
    expect(esme.receipts).toHaveLength(1)
  })

  test('by two systems under one number is two MOs', async () => {
    const { esme, another, host, link } = await boundBench()
    const second = another()
    await host.until(() => link.status().facts?.binds === 2)
    await Promise.all([esme, second].map((one) => one.submit('+36301234567', '4040', 'YES')))
    expect(new Set(host.mos.map(({ id }) => id)).size).toBe(2)
  })

  test.each(['udh8', 'udh16', 'sar', 'payload'] as const)('in several parts is read (%s)', async (long) => {
    const { link, host, esme } = await listening()
    link.start()
    await esme({ long }).submit('+36301234567', '4040', 'abc'.repeat(100))
    expect(host.mos.map(({ text }) => text).join('')).toBe('abc'.repeat(100))
  })
})

describe(
  'a port with a certificate',
  noCertificates === undefined ? {} : { skip: true, meta: { skippedBecause: noCertificates } },
  () => {
    test('is spoken to in TLS only', async () => {
      const { cert, key } = selfSigned(CERTIFIED_NAME)
      const { link, host, esme } = await listening({ cert, key })
      link.start()
      const plain = esme()
      await plain.until(() => plain.lastError !== undefined)
      expect(host.statuses.map(({ state }) => state)).not.toContain('bound')
      const one = esme({ ca: cert })
      await host.untilState('bound')
      await one.submit('+36301234567', '4040', 'over TLS')
      expect(host.mos).toMatchObject([{ text: 'over TLS' }])
    })

    test('takes a key that was pasted into one line', async () => {
      const { cert, key } = selfSigned(CERTIFIED_NAME)
      const { link, host, esme } = await listening({ cert, key: key.replaceAll('\n', '') })
      link.start()
      esme({ ca: cert })
      await host.untilState('bound')
    })

    test('whose key is not its own stays closed, and says so', async () => {
      const [{ cert }, { key }] = [selfSigned(CERTIFIED_NAME), selfSigned(CERTIFIED_NAME)]
      const { link } = await listening({ cert, key })
      link.start()
      expect(link.status()).toMatchObject({
        state: 'refused',
        lastError: expect.stringContaining('key values mismatch'),
      })
    })
  },
)

test('a port that is taken is told, and listened on as soon as it is free', async () => {
  const { port, link, host, esme } = await listening()
  const squatter = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => squatter.once('listening', resolve))
  link.start()
  await host.untilState('waiting')
  expect(link.status().lastError).toContain('EADDRINUSE')
  await new Promise((resolve) => squatter.close(resolve))
  esme()
  await host.untilState('bound')
})

test('two Textlooms talk with each other, both ways', async () => {
  const { port, link, host } = await listening()
  link.start()
  const clientHost = new RecordingHost()
  const config = smppConfigSchema.parse({ host: '127.0.0.1', port, systemId: 'tl', password: 's' })
  const client = new SmppLink('smsc', config, clientHost)
  onTestFinished(() => client.stop(0))
  client.start()
  await clientHost.untilState('bound')
  const { providerIds } = await client.send(someMt({ from: '4040', to: '5050', text: 'Szia, jövő 🎉', wantsDlr: true }))
  await clientHost.until(({ dlrs }) => dlrs.length === 1)
  expect(clientHost.dlrs).toMatchObject([{ providerId: providerIds[0], state: 'delivered' }])
  await link.send(someMt({ from: '5050', to: '4040', text: 'Szervusz ő' }))
  expect([host.mos, clientHost.mos].map(([mo]) => [mo?.from, mo?.to, mo?.text])).toEqual([
    ['4040', '5050', 'Szia, jövő 🎉'],
    ['5050', '4040', 'Szervusz ő'],
  ])
})
