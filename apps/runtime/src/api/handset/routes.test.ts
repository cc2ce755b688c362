import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { greetingFlow } from '../../host/testing/flows.ts'
import { eventsOf, type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
const handsetKey = 'handset-key'
beforeAll(async () => {
  api = await testInstance({ flows: [greetingFlow()], settings: { handsetKey } })
})
afterAll(() => api.stop())

const write = (body: object, channel = '4040') =>
  api.ask('POST', `/channels/${channel}/handset`, { body, key: handsetKey })

describe('a handset on the loopback link', () => {
  test('writes, and gets what is written to it', async () => {
    const response = await api.app.request('/api/v1/channels/4040/handset?phone=0015550001', {
      headers: { authorization: `Bearer ${handsetKey}` },
    })
    const stream = eventsOf(response)
    expect(await stream.next()).toMatchObject({ event: 'ready', data: { address: '4040' } })
    expect(await write({ from: '+15550002', text: 'hello' })).toMatchObject({ status: 202, json: { to: '4040' } })
    await write({ from: '+1 555 0001', text: 'hello' })
    expect(await stream.next()).toMatchObject({ event: 'mt', data: { from: '4040', text: 'Shall we? hello' } })
    await write({ from: '+15550001', text: 'yes' })
    expect((await stream.next())?.data.text).toBe('Good.')
    await stream.close()
  })

  test('has others beside it on one stream', async () => {
    const query = 'phone=0015550011&phone=%2B15550012'
    const response = await api.app.request(`/api/v1/channels/4040/handset?${query}`, {
      headers: { authorization: `Bearer ${handsetKey}` },
    })
    const stream = eventsOf(response)
    await stream.next()
    for (const from of ['+15550011', '+15550013', '+15550012']) await write({ from, text: 'hello' })
    const heard = [await stream.next(), await stream.next()].map((one) => one?.data.to)
    expect(heard.toSorted()).toEqual(['+15550011', '+15550012'])
    await stream.close()
  })

  test('writes the same text once', async () => {
    await write({ from: '+15550003', text: 'hello', id: 'a' })
    await write({ from: '+15550003', text: 'hello', id: 'a' })
    expect((await api.ask('GET', '/messages?phone=%2B15550003&direction=mo')).json.items).toHaveLength(1)
  })

  test('is refused where there is no loopback link', async () => {
    expect((await write({ from: '+15550001', text: 'x' }, 'none')).json).toMatchObject({ code: 'channels/not-found' })
    await api.ask('POST', '/links', { body: { id: 'smsc', kind: 'smpp', host: '127.0.0.1', port: 9, systemId: 'x' } })
    await api.ask('POST', '/channels', { body: { id: 'far', address: '5050', link: 'smsc' } })
    expect(await write({ from: '+15550001', text: 'x' }, 'far')).toMatchObject({
      status: 409,
      json: { code: 'channels/no-handset' },
    })
  })

  test('has a key that opens nothing else', async () => {
    for (const path of ['/channels', '/channels/4040', '/flows', '/messages', '/keys']) {
      expect((await api.ask('GET', path, { key: handsetKey })).status, path).toBe(403)
    }
  })
})
