import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { greetingFlow } from '../../host/testing/flows.ts'
import type { SentEvent } from '../testing/read-events.ts'
import { eventsOf, type TestInstance, testInstance, testKey } from '../testing/test-instance.ts'

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ flows: [greetingFlow()] })
})
afterAll(() => api.stop())

async function look(query = '', lastEventId?: string) {
  const response = await api.app.request(`/api/v1/events${query}`, {
    headers: { authorization: `Bearer ${testKey}`, ...(lastEventId && { 'last-event-id': lastEventId }) },
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('cache-control')).toContain('no-')
  return eventsOf(response)
}

describe('the stream of events', () => {
  test('tells what happens as it happens', async () => {
    const stream = await look()
    expect(await stream.next()).toMatchObject({ event: 'ready' })
    await api.kit.says('+15550001', 'hello')
    const seen: SentEvent[] = []
    while (seen.at(-1)?.data.kind !== 'mt.sent') {
      const one = await stream.next()
      if (one === undefined) break
      seen.push(one)
    }
    const kinds = seen.map(({ event, data }) => `${event} ${data.kind}`)
    expect(kinds).toEqual(
      expect.arrayContaining(['message mo.received', 'session session.started', 'message mt.queued']),
    )
    expect(seen[0]?.data).toMatchObject({ channel: '4040', phone: '+15550001', at: expect.stringMatching(/Z$/) })
    await stream.close()
  })

  test('goes on where it was left', async () => {
    const first = await look()
    const id = (await first.next())?.id
    await first.close()
    await api.kit.says('+15550002', 'hello')
    await api.kit.heard('+15550002', 1)
    const second = await look('?phone=%2B15550002', id)
    expect(await second.next()).toMatchObject({ event: 'ready' })
    expect(await second.next()).toMatchObject({ data: { kind: 'mo.received', phone: '+15550002' } })
    await second.close()
  })

  test('says so when more was missed than is remembered', async () => {
    const stream = await look('', 'of-another-run-5')
    expect(await stream.next()).toMatchObject({ event: 'reset' })
    await stream.close()
  })

  test('is narrowed to one phone', async () => {
    const stream = await look('?phone=%2B15550004')
    await stream.next()
    await api.kit.says('+15550003', 'hello')
    await api.kit.says('+15550004', 'hello')
    expect((await stream.next())?.data).toMatchObject({ phone: '+15550004' })
    await stream.close()
  })
})
