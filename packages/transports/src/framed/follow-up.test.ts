import { describe, expect, onTestFinished, test } from 'vitest'
import { cimd2 } from '../cimd2/index.ts'
import { PretendCimd2Smsc } from '../cimd2/pretend/smsc.ts'
import { someMt } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { ucp } from '../ucp/index.ts'
import { PretendUcpSmsc } from '../ucp/pretend/smsc.ts'
import type { FramedSmscOptions } from './pretend/smsc.ts'

const protocols = {
  ucp: {
    smsc: (options: FramedSmscOptions) => new PretendUcpSmsc(options).start(),
    link: (port: number, host: RecordingHost) =>
      ucp.open('a', ucp.config.parse({ host: '127.0.0.1', port, user: '4040', password: 's' }), host),
  },
  cimd2: {
    smsc: (options: FramedSmscOptions) => new PretendCimd2Smsc(options).start(),
    link: (port: number, host: RecordingHost) =>
      cimd2.open('a', cimd2.config.parse({ host: '127.0.0.1', port, user: 'tl' }), host),
  },
}

describe.each(['ucp', 'cimd2'] as const)('an MT that was accepted by %s', (kind) => {
  async function bench(options: FramedSmscOptions = {}) {
    const smsc = await protocols[kind].smsc(options)
    const host = new RecordingHost()
    const link = protocols[kind].link(smsc.port, host)
    onTestFinished(async () => {
      await link.stop(0)
      await smsc.stop()
    })
    link.start()
    await host.untilState('bound')
    const send = async (text = 'Hello') => {
      const mt = someMt({ text, wantsDlr: true })
      return { ...mt, ...(await link.send(mt)) }
    }
    /** What is known of the segments once it was asked about them, by the answer or by receipts. */
    const asked = async (mt: Awaited<ReturnType<typeof send>>) => {
      const before = host.dlrs.length
      const reports = (await link.query?.(mt)) ?? []
      if (reports.length > 0) return reports
      await host.until(({ dlrs }) => dlrs.length - before === mt.providerIds.length)
      return host.dlrs.slice(before)
    }
    return { smsc, link, host, send, asked }
  }

  test('can be asked about, each of its segments', async () => {
    const { send, asked } = await bench({ dlr: null })
    const mt = await send('x'.repeat(300))
    const told = await asked(mt)
    expect(told.map(({ providerId }) => providerId).toSorted()).toEqual(mt.providerIds.toSorted())
    expect(told.map(({ state }) => state)).toEqual(['enroute', 'enroute'])
  })

  test('is what its receipt said', async () => {
    const { host, send, asked } = await bench({ dlr: { state: 'undeliverable' } })
    const mt = await send()
    await host.until(({ dlrs }) => dlrs.length === 1)
    expect(await asked(mt)).toMatchObject([{ providerId: mt.providerIds[0], state: 'undeliverable' }])
  })

  test('can be taken back while it waits, and brings no receipt then', async () => {
    const { smsc, link, host, send } = await bench({ dlr: { afterMs: 100 } })
    const mt = await send('x'.repeat(300))
    const other = await send()
    await link.cancel?.(mt)
    await host.until(({ dlrs }) => dlrs.length > 0)
    expect(host.dlrs.map(({ providerId }) => providerId)).toEqual(other.providerIds)
    expect(smsc.events.filter(({ type }) => type === 'mt-cancelled')).toHaveLength(2)
  })

  test('cannot be taken back once it is delivered', async () => {
    const { link, host, send } = await bench()
    const mt = await send()
    await host.until(({ dlrs }) => dlrs.length === 1)
    await expect(link.cancel?.(mt)).rejects.toMatchObject({ code: `${kind}/not-cancelled`, retry: 'never' })
  })

  test.each([
    { what: 'the SMSC does not know', ids: (id: string) => [id.replace(/\d{6}$/, '000000')] },
    { what: 'it gave no id', ids: () => [''] },
  ])('and that $what is said so', async ({ ids }) => {
    const { link, send } = await bench()
    const mt = await send()
    const strange = { ...mt, providerIds: ids(mt.providerIds[0] ?? '') }
    await expect(link.query?.(strange)).rejects.toMatchObject({ code: `${kind}/not-queried`, retry: 'never' })
  })

  test('is asked about in vain while the link is down', async () => {
    const { link, send } = await bench()
    const mt = await send()
    await link.stop(0)
    await expect(link.query?.(mt)).rejects.toMatchObject({ retry: 'later' })
  })
})

describe('the text of an MT that UCP has accepted', () => {
  async function bench(options: FramedSmscOptions = {}) {
    const smsc = await new PretendUcpSmsc(options).start()
    const host = new RecordingHost()
    const link = protocols.ucp.link(smsc.port, host)
    onTestFinished(async () => {
      await link.stop(0)
      await smsc.stop()
    })
    link.start()
    await host.untilState('bound')
    const send = async (text: string) => {
      const mt = someMt({ text })
      return { ...mt, ...(await link.send(mt)) }
    }
    return { smsc, link, send }
  }

  test.each(['At ten, not nine', 'Tízkor jön, ő is'])('is replaced while it waits: %s', async (text) => {
    const { smsc, link, send } = await bench({ dlr: null })
    const mt = await send('At nine')
    const replaced = smsc.next('mt-replaced')
    await link.replace?.(mt, text)
    expect(await replaced).toMatchObject({ text })
  })

  test('stays once it is delivered', async () => {
    const { smsc, link, send } = await bench()
    const mt = await send('At nine')
    await expect.poll(() => smsc.waiting).toBe(0)
    await expect(link.replace?.(mt, 'At ten')).rejects.toMatchObject({ code: 'ucp/not-replaced', retry: 'never' })
  })

  test.each([
    { what: 'the old one has', old: 'x'.repeat(300), text: 'short' },
    { what: 'the new one would have', old: 'short', text: 'x'.repeat(300) },
  ])('stays where $what several segments', async ({ old, text }) => {
    const { link, send } = await bench({ dlr: null })
    await expect(link.replace?.(await send(old), text)).rejects.toMatchObject({ code: 'ucp/not-replaced' })
  })

  test('cannot be replaced by CIMD2, whose links do not offer it', () => {
    expect(protocols.cimd2.link(1, new RecordingHost()).replace).toBeUndefined()
  })
})
