import { type AcceptedMt, type Link, type SegmentReport, TransportError } from '@textloom/core'
import { stoppedClock } from '@textloom/core/testing'
import { describe, expect, test } from 'vitest'
import { askLate } from '../links/late-questions.ts'
import { hostingOn, type Kit, until } from './testing/hosting-kit.ts'
import { scriptedNetwork } from './testing/scripted-link.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+36301234567'
const database = withDatabase()

interface Row {
  readonly state: string
  readonly receipts: { readonly [segment: string]: { readonly state: string } }
}

async function sentBy(kit: Kit, text = 'Hi'): Promise<string> {
  const { id } = await kit.services.sendMessage({ by: 'api', key: text, channel: '4040', to: anna, text })
  await settled(kit, id, 'sent')
  return id
}

async function settled(kit: Kit, id: string, state: string): Promise<Row> {
  let row: Row | undefined
  await until(() => {
    void kit.sql.query<Row>('select state, receipts from outbox where id = $1::uuid', [id]).then((rows) => {
      row = rows[0]
    })
    return row?.state === state
  })
  return row as Row
}

const refusedByNetwork = new TransportError('smpp/not-cancelled', 'The SMSC does not take back MT 1.', {
  retry: 'never',
})

describe('asking the network about a message', () => {
  test('is asked with the ids of all segments, and the answer counts as receipts', async () => {
    const asked: AcceptedMt[] = []
    const query = async (mt: AcceptedMt): Promise<SegmentReport[]> => {
      asked.push(mt)
      return mt.providerIds.map((providerId) => ({ providerId, state: 'delivered' }))
    }
    const network = scriptedNetwork(() => ({ providerIds: ['a', 'b'] }), { query })
    const kit = await hostingOn(database().sql, { network })
    const id = await sentBy(kit, 'x'.repeat(200))
    await kit.services.queryMessage(id)
    expect(asked).toEqual([{ key: id, link: 'phone', from: '4040', to: anna, providerIds: ['a', 'b'] }])
    expect((await settled(kit, id, 'delivered')).receipts).toMatchObject({
      0: { state: 'delivered' },
      1: { state: 'delivered' },
    })
    await expect(kit.services.queryMessage(id)).rejects.toMatchObject({ code: 'message-settled' })
    await kit.stop()
  })

  test('is refused where the protocol has no such question', async () => {
    const kit = await hostingOn(database().sql, { network: scriptedNetwork() })
    const id = await sentBy(kit)
    await expect(kit.services.queryMessage(id)).rejects.toMatchObject({ code: 'link-cannot' })
    await expect(kit.services.cancelMessage(id)).rejects.toMatchObject({ code: 'link-cannot' })
    await kit.stop()
  })
})

describe('taking a message back', () => {
  test('that waits: it does not leave, and says why', async () => {
    const clock = stoppedClock()
    const kit = await hostingOn(database().sql, { network: scriptedNetwork(), clock })
    const sendAt = clock.now() + 60_000
    const request = { by: 'api', key: 'k', channel: '4040', to: anna, text: 'later', sendAt } as const
    const { id } = await kit.services.sendMessage(request)
    await kit.services.cancelMessage(id)
    clock.advance(60_000)
    await kit.services.sendMessage({ ...request, key: 'l', text: 'now' })
    expect(await kit.heard(anna, 1)).toEqual(['now'])
    const events = await kit.sql.query<{ data: object }>("select data from event where kind = 'mt.failed'")
    expect(events).toMatchObject([{ data: { message: id, state: 'failed', code: 'runtime/cancelled' } }])
    await kit.stop()
  })

  test('that the network has accepted: it is cancelled there', async () => {
    const cancelled: string[] = []
    const cancel = async ({ key }: AcceptedMt) => void cancelled.push(key)
    const kit = await hostingOn(database().sql, { network: scriptedNetwork(undefined, { cancel }) })
    const id = await sentBy(kit)
    await kit.services.cancelMessage(id)
    expect(cancelled).toEqual([id])
    expect((await settled(kit, id, 'failed')).receipts).toMatchObject({ 0: { state: 'deleted' } })
    await kit.stop()
  })

  test('that the network keeps: nothing changes', async () => {
    const network = scriptedNetwork(undefined, { cancel: () => Promise.reject(refusedByNetwork) })
    const kit = await hostingOn(database().sql, { network })
    const id = await sentBy(kit)
    await expect(kit.services.cancelMessage(id)).rejects.toMatchObject({
      code: 'network-refused',
      message: expect.stringContaining('does not take back'),
    })
    expect((await settled(kit, id, 'sent')).receipts).toEqual({})
    await kit.stop()
  })

  test('that is just leaving: it may be tried in a moment', async () => {
    const network = scriptedNetwork(() => 'never answers')
    const kit = await hostingOn(database().sql, { network })
    const { id } = await kit.services.sendMessage({ by: 'api', key: 'k', channel: '4040', to: anna, text: 'Hi' })
    await until(() => network.attempts.length === 1)
    await expect(kit.services.cancelMessage(id)).rejects.toMatchObject({ code: 'message-underway' })
    await kit.stop()
  })
})

describe('putting another text in the place of a message', () => {
  test('that the network has accepted: it is replaced there and here', async () => {
    const replaced: string[] = []
    const replace = async ({ key }: AcceptedMt, text: string) => void replaced.push(`${key} ${text}`)
    const kit = await hostingOn(database().sql, { network: scriptedNetwork(undefined, { replace }) })
    const id = await sentBy(kit, 'At nine')
    await kit.services.replaceMessage(id, 'At ten')
    expect(replaced).toEqual([`${id} At ten`])
    expect(await kit.sql.query("select payload ->> 'text' as text from outbox")).toEqual([{ text: 'At ten' }])
    const events = await kit.sql.query<{ data: object }>("select data from event where kind = 'mt.replaced'")
    expect(events).toEqual([{ data: { message: id, link: 'phone' } }])
    await kit.stop()
  })

  test('is refused where the protocol has no such request', async () => {
    const kit = await hostingOn(database().sql, { network: scriptedNetwork() })
    const id = await sentBy(kit)
    await expect(kit.services.replaceMessage(id, 'other')).rejects.toMatchObject({ code: 'link-cannot' })
    await kit.stop()
  })
})

describe('a message whose receipt never comes', () => {
  const hour = 3_600_000

  /** One of two segments, sent with a validity of an hour over a link that asks. */
  async function unanswered(query: NonNullable<Link['query']>, linkConfig: object = { asksLate: true }) {
    const clock = stoppedClock()
    const network = scriptedNetwork(() => ({ providerIds: ['a', 'b'] }), { query })
    const kit = await hostingOn(database().sql, { network, clock, linkConfig })
    const text = 'x'.repeat(200)
    const { id } = await kit.services.sendMessage({
      by: 'api',
      key: 'k',
      channel: '4040',
      to: anna,
      text,
      validityMs: hour,
    })
    await settled(kit, id, 'sent')
    const ask = () => askLate({ sql: kit.sql, clock, links: kit.links, followUp: kit.services, log: () => {} })
    return { kit, id, clock, ask }
  }

  test('is asked about once, when its time is over', async () => {
    const asked: AcceptedMt[] = []
    const { kit, id, clock, ask } = await unanswered(async (mt) => {
      asked.push(mt)
      return mt.providerIds.map((providerId) => ({ providerId, state: 'undeliverable' }))
    })
    clock.advance(hour)
    await ask()
    expect(asked).toEqual([])
    clock.advance(300_000)
    await ask()
    expect(asked).toMatchObject([{ key: id, providerIds: ['a', 'b'] }])
    await settled(kit, id, 'failed')
    clock.advance(hour)
    await ask()
    expect(asked).toHaveLength(1)
    await kit.stop()
  })

  test.each([
    { what: 'its network does not say', error: refusedByNetwork, times: 1 },
    {
      what: 'its link is away: later',
      error: new TransportError('ucp/not-bound', 'Away.', { retry: 'later' }),
      times: 2,
    },
  ])('is asked about $times times where $what', async ({ error, times }) => {
    let count = 0
    const { kit, clock, ask } = await unanswered(() => {
      count++
      return Promise.reject(error)
    })
    for (const ms of [hour + 300_000, 1, 600_000, 4 * 24 * hour, 600_000]) {
      clock.advance(ms)
      await ask()
    }
    expect(count).toBe(times)
    await kit.stop()
  })

  test('is not asked about where its link is not set so', async () => {
    const { kit, clock, ask } = await unanswered(() => expect.unreachable('was asked'), {})
    clock.advance(24 * hour)
    expect(await ask()).toBe(false)
    await kit.stop()
  })
})
