import { describe, expect, onTestFinished, test } from 'vitest'
import { someMt } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { type SmppConfig, smppConfigSchema } from './config.ts'
import { SmppLink } from './link.ts'
import { PretendSmsc, type PretendSmscOptions } from './pretend/smsc.ts'

const quick = { lost: { firstMs: 5, maxMs: 20 }, refused: { firstMs: 50, maxMs: 100 } }
/** A bind that is lost stays so for the rest of the test. */
const slow = { lost: { firstMs: 60_000, maxMs: 60_000 }, refused: { firstMs: 60_000, maxMs: 60_000 } }

async function bench(more: Partial<SmppConfig>, options: PretendSmscOptions = {}, backoff = quick) {
  const smsc = await new PretendSmsc({ retryMs: 5, ...options }).start()
  onTestFinished(() => smsc.stop())
  const host = new RecordingHost()
  const config = smppConfigSchema.parse({ host: '127.0.0.1', port: smsc.port, systemId: 'tl', password: 's', ...more })
  const link = new SmppLink('smsc-a', config, host, { backoff })
  onTestFinished(() => link.stop(0))
  link.start()
  const count = config.binds * (config.bind === 'pair' ? 2 : 1)
  await host.until(() => link.status().facts?.binds === `${count} of ${count}`)
  return { smsc, link, host }
}

describe('several binds', () => {
  test.each([
    { bind: 'transceiver', modes: ['transceiver', 'transceiver', 'transceiver'] },
    { bind: 'pair', modes: ['receiver', 'receiver', 'receiver', 'transmitter', 'transmitter', 'transmitter'] },
  ] as const)('of $bind are so many connections, with a window each', async ({ bind, modes }) => {
    const { smsc, link, host } = await bench({ bind, binds: 3, windowSize: 4 })
    expect(smsc.connections.map(({ mode }) => mode).toSorted()).toEqual(modes)
    expect(link.status()).toMatchObject({ state: 'bound', inFlight: 0, windowSize: 12 })
    expect(host.epochs).toHaveLength(1)
  })

  test('share MTs, the one with least to do first', async () => {
    const { smsc, link } = await bench({ binds: 2, windowSize: 4 })
    smsc.fault({ submit: 'delay', ms: 50, times: 8 })
    await Promise.all(Array.from({ length: 8 }, () => link.send(someMt())))
    const perBind = new Map<number, number>()
    for (const event of smsc.events) {
      if (event.type === 'mt') perBind.set(event.connection, (perBind.get(event.connection) ?? 0) + 1)
    }
    expect([...perBind.values()]).toEqual([4, 4])
  })

  test('send the parts of a long MT by one of them', async () => {
    const { smsc, link } = await bench({ binds: 3 })
    await link.send(someMt({ text: 'abc'.repeat(150) }))
    const submits = smsc.ledger.filter(({ direction, octets }) => direction === 'in' && octets.readUInt32BE(4) === 4)
    expect(submits).toHaveLength(3)
    expect(new Set(submits.map(({ connection }) => connection)).size).toBe(1)
  })

  test('of which one is lost go on by the others, and say which one is lost', async () => {
    const { smsc, link, host } = await bench({ binds: 2, windowSize: 5 }, {}, slow)
    smsc.connections[0]?.destroy()
    await host.until(() => link.status().facts?.binds === '1 of 2')
    const { state, windowSize, facts } = link.status()
    expect({ state, windowSize }).toEqual({ state: 'bound', windowSize: 5 })
    expect([facts?.bind1, facts?.bind2].map(String).toSorted()).toEqual([
      'transceiver bound',
      expect.stringMatching(/^transceiver waiting: The /),
    ])
    await Promise.all([1, 2, 3].map(() => link.send(someMt())))
    await smsc.hears({ from: '+36301234567', to: '4040', text: 'still there?' })
    expect(host.mos).toMatchObject([{ text: 'still there?' }])
  })

  test('of which one is lost bring what it left unanswered by another, as after a bind', async () => {
    const { smsc, link, host } = await bench({ binds: 2 }, {}, slow)
    const stored = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    host.store = () => {
      reached.resolve()
      return stored.promise
    }
    const taken = smsc.hears({ from: '+36301234567', to: '4040', text: 'YES' })
    await reached.promise
    smsc.connections.find(({ inFlight }) => inFlight > 0)?.destroy()
    await host.until(() => link.status().facts?.binds === '1 of 2')
    expect(host.epochs).toHaveLength(2)
    stored.resolve()
    expect(await taken).toBe(true)
    await host.until(({ mos }) => mos.length === 2)
    expect(new Set(host.mos.map(({ id }) => id)).size).toBe(2)
    expect(new Set(host.mos.map(({ fingerprint }) => fingerprint)).size).toBe(1)
  })

  test('the same sequence number on two of them is two MOs', async () => {
    const { smsc, host } = await bench({ binds: 2 })
    const fields = { source_addr: '36301234567', destination_addr: '4040', short_message: Buffer.from('YES') }
    await Promise.all(smsc.connections.map((connection) => connection.request({ command: 'deliver_sm', fields })))
    expect(new Set(host.mos.map(({ id }) => id)).size).toBe(2)
  })

  test('field trap 3: a receipt comes by any of them, before the answer to its MT by another', async () => {
    const { smsc, link, host } = await bench({ bind: 'pair', binds: 2 }, { dlr: null })
    smsc.fault({ submit: 'dlr-first', ms: 50 })
    const sent = link.send(someMt({ wantsDlr: true }))
    await host.until(({ dlrs }) => dlrs.length === 1)
    expect((await sent).providerIds).toEqual([host.dlrs[0]?.providerId])
  })

  test('of which all are lost stop the link, until one is back', async () => {
    const { smsc, link, host } = await bench({ binds: 2 })
    smsc.dropConnections()
    await host.untilState('waiting')
    await expect(link.send(someMt())).rejects.toMatchObject({ code: 'smpp/not-bound', retry: 'later', inDoubt: false })
    await host.untilState('bound')
    await expect(link.send(someMt())).resolves.toBeDefined()
  })

  test('a pair of which the only receiver is lost is not whole', async () => {
    const { smsc, link, host } = await bench({ bind: 'pair' }, {}, slow)
    smsc.connections.find(({ mode }) => mode === 'receiver')?.destroy()
    await host.untilState('waiting')
    expect(link.status().facts).toMatchObject({ binds: '1 of 2', bind1: 'transmitter bound' })
  })
})
