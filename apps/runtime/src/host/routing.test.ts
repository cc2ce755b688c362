import { describe, expect, test } from 'vitest'
import type { Sql } from '../db/sql.ts'
import { loadRouting, type Routing } from './routing.ts'
import { withDatabase } from './testing/with-database.ts'

const database = withDatabase()

interface Channel {
  readonly id: string
  readonly address: string
  readonly links: readonly string[]
  readonly config?: object
}

async function routingWith(
  channels: readonly Channel[],
  { off = [] as string[], country = '' } = {},
): Promise<Routing> {
  const { sql } = database()
  const links = new Set(channels.flatMap((channel) => channel.links))
  for (const id of links)
    await insert(sql, 'link (id, kind, config, is_enabled', [id, 'loopback', '{}', !off.includes(id)])
  for (const { id, address, config = {}, ...channel } of channels) {
    await insert(sql, 'channel (id, address, links, config', [id, address, channel.links, config].map(asText))
  }
  return loadRouting(sql, country || undefined)
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

async function insert(sql: Sql, into: string, values: readonly (string | boolean)[]): Promise<void> {
  const list = values.map((value) => (typeof value === 'boolean' ? String(value) : `'${value}'`)).join(', ')
  await sql.script(`insert into ${into}, source, created_at, updated_at) values (${list}, 'api', now(), now())`)
}

describe('the channel of a text', () => {
  const two: Channel[] = [
    { id: 'short', address: '4040', links: ['smsc'] },
    { id: 'long', address: '+3612345678', links: ['smsc'], config: { country: 'HU' } },
  ]

  test.each([
    { to: '4040', channel: 'short' },
    { to: '+3612345678', channel: 'long' },
    { to: '003612345678', channel: 'long' },
    { to: '0612345678', channel: 'long' },
    { to: '5050', channel: undefined },
  ])('to $to on a link with two channels is $channel', async ({ to, channel }) => {
    expect((await routingWith(two)).channelFor('smsc', to)?.id).toBe(channel)
  })

  test('is the only channel of its link, however the network spells the address', async () => {
    const routing = await routingWith([{ id: 'short', address: '4040', links: ['smsc'] }])
    expect(routing.channelFor('smsc', '1234040')?.id).toBe('short')
    expect(routing.channelFor('elsewhere', '4040')).toBeUndefined()
  })
})

test('a channel without a country has the default one', async () => {
  const routing = await routingWith(
    [
      { id: 'a', address: '4040', links: ['l'] },
      { id: 'b', address: '5050', links: ['l'], config: { country: 'DE' } },
    ],
    { country: 'HU' },
  )
  expect([...routing.channels.values()].map(({ country }) => country)).toEqual(['HU', 'DE'])
})

describe('the links of a channel', () => {
  const channel: Channel = { id: 'a', address: '4040', links: ['one', 'two'] }

  test('are those that are switched on', async () => {
    expect((await routingWith([channel], { off: ['one'] })).channels.get('a')?.links).toEqual(['two'])
  })

  test('are all of them when none is: what is written waits', async () => {
    expect((await routingWith([channel], { off: ['one', 'two'] })).channels.get('a')?.links).toEqual(['one', 'two'])
  })
})

test('what a later release configured is left alone', async () => {
  const routing = await routingWith([
    { id: 'a', address: '4040', links: ['l'], config: { helpText: 'Call us.', tone: 'kind' } },
  ])
  expect(routing.channels.get('a')?.texts.help).toBe('Call us.')
})
