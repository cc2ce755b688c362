import type { AcceptedMt } from '@textloom/core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { someMt } from '../testing/conformance.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { type SmppConfig, smppConfigSchema } from './config.ts'
import { SmppLink } from './link.ts'
import { PretendSmsc, type PretendSmscOptions } from './pretend/smsc.ts'

async function bench(options: PretendSmscOptions = {}, more: Partial<SmppConfig> = {}) {
  const smsc = await new PretendSmsc(options).start()
  onTestFinished(() => smsc.stop())
  const host = new RecordingHost()
  const config = smppConfigSchema.parse({ host: '127.0.0.1', port: smsc.port, systemId: 'tl', ...more })
  const link = new SmppLink('smsc-a', config, host)
  onTestFinished(() => link.stop(0))
  link.start()
  await host.untilState('bound')
  const send = async (text = 'Hello'): Promise<AcceptedMt> => {
    const mt = someMt({ text, wantsDlr: true })
    return { ...mt, ...(await link.send(mt)) }
  }
  return { smsc, link, host, send }
}

const long = 'abc'.repeat(150)

describe('query_sm', () => {
  test('tells the state of each segment', async () => {
    const { link, send } = await bench({ dlr: null })
    const mt = await send(long)
    expect(await link.query(mt)).toEqual(mt.providerIds.map((providerId) => ({ providerId, state: 'enroute' })))
  })

  test('tells what the receipt said', async () => {
    const { link, host, send } = await bench({ dlr: { state: 'undeliverable' } })
    const mt = await send()
    await host.until(({ dlrs }) => dlrs.length === 1)
    expect(await link.query(mt)).toEqual([{ providerId: mt.providerIds[0], state: 'undeliverable' }])
  })

  test.each([
    { ids: 'hex', messageIdFormat: 'auto' },
    { ids: 'padded', messageIdFormat: 'auto' },
    { ids: 'uuid', messageIdFormat: 'auto' },
    { ids: 'hex-to-decimal', messageIdFormat: 'hex' },
    { ids: 'decimal-to-hex', messageIdFormat: 'decimal' },
    { ids: 'text', messageIdFormat: 'text' },
  ] as const)('asks by the id as it was written ($ids, read as $messageIdFormat)', async ({ ids, messageIdFormat }) => {
    const { link, send } = await bench({ ids, firstId: 0x7f3a0000, dlr: null }, { messageIdFormat })
    expect(await link.query(await send())).toMatchObject([{ state: 'enroute' }])
  })

  test('of an MT that the SMSC does not know says so', async () => {
    const { link, send } = await bench()
    const mt = await send()
    await expect(link.query({ ...mt, providerIds: ['4711'] })).rejects.toMatchObject({
      code: 'smpp/not-queried',
      retry: 'never',
      message: expect.stringContaining('ESME_RINVMSGID'),
    })
    await expect(link.query({ ...mt, providerIds: [''] })).rejects.toMatchObject({ code: 'smpp/not-queried' })
  })

  test('of another sender than that of the MT is not answered', async () => {
    const { link, send } = await bench({ dlr: null })
    await expect(link.query({ ...(await send()), from: '5050' })).rejects.toMatchObject({ code: 'smpp/not-queried' })
  })
})

describe('cancel_sm', () => {
  test('takes back every segment: none is delivered', async () => {
    const { smsc, link, host, send } = await bench({ dlr: { afterMs: 50 } })
    const mt = await send(long)
    await link.cancel(mt)
    expect(smsc.events.flatMap((event) => (event.type === 'mt-cancelled' ? [event.id] : [])).toSorted()).toEqual(
      mt.providerIds.toSorted(),
    )
    expect((await link.query(mt)).map(({ state }) => state)).toEqual(['deleted', 'deleted', 'deleted'])
    const after = await send()
    await host.until(({ dlrs }) => dlrs.length > 0)
    expect(host.dlrs.map(({ providerId }) => providerId)).toEqual(after.providerIds)
  })

  test('of what was delivered already is refused', async () => {
    const { link, host, send } = await bench()
    const mt = await send()
    await host.until(({ dlrs }) => dlrs.length === 1)
    await expect(link.cancel(mt)).rejects.toMatchObject({
      code: 'smpp/not-cancelled',
      retry: 'never',
      message: expect.stringContaining('ESME_RCANCELFAIL'),
    })
  })

  test('is not asked of an SMSC that is away', async () => {
    const { link, send } = await bench({ dlr: null })
    const mt = await send()
    await link.stop(0)
    await expect(link.cancel(mt)).rejects.toMatchObject({ code: 'smpp/stopped', retry: 'later' })
  })
})

test('an SMSC after a restart of ours is asked by the best guess', async () => {
  const { smsc, link, send } = await bench({ ids: 'hex', firstId: 0x7f3a, dlr: null }, { messageIdFormat: 'hex' })
  const mt = await send()
  const again = new SmppLink(
    'smsc-a',
    smppConfigSchema.parse({ host: '127.0.0.1', port: smsc.port, systemId: 'tl', messageIdFormat: 'hex' }),
    new RecordingHost(),
  )
  onTestFinished(() => again.stop(0))
  again.start()
  await smsc.next('bound')
  await link.stop(0)
  await expect.poll(() => again.status().state).toBe('bound')
  expect(await again.query(mt)).toEqual([{ providerId: String(0x7f3a), state: 'enroute' }])
})
