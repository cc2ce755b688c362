/** A flow that asks a web service, which is slow, while the runtime is killed. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { flowOf } from '@textloom/engine/testing'
import { type House, startHouse, until } from '@textloom/runtime/testing/system'
import { afterAll, beforeAll, expect, test } from 'vitest'

const phone = '+36301234567'

interface Asked {
  readonly key: string | undefined
  readonly path: string
  answer(place: string): void
}

let house: House
let service: Server
const asked: Asked[] = []

beforeAll(async () => {
  service = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push({
      key: request.headers['idempotency-key']?.toString(),
      path: request.url ?? '',
      answer(place) {
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ place }))
      },
    })
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const { port } = service.address() as AddressInfo
  house = await startHouse({ flows: [parcelFlow(port)], env: { TEXTLOOM_ALLOW_PRIVATE: `127.0.0.1:${port}` } })
})

afterAll(async () => {
  await house?.remove()
  service?.closeAllConnections()
  service?.close()
})

test('a request that was open when the runtime died is made again under the same key, and answered once', async () => {
  await house.says(phone, 'track 42 / 7')
  const [first] = await until(() => asked.length > 0 && asked, 'the first request')
  expect(first).toMatchObject({ path: '/parcels/track%2042%20%2F%207', key: expect.any(String) })
  await house.runtime.kill()
  await house.startAgain()

  const again = await until(() => asked[1], 'the request to be made again')
  expect(again.key).toBe(first?.key)
  again.answer('Győr')
  expect(await house.heard(phone, 1)).toEqual(['It is in Győr. Anything else?'])

  // The first one's answer is nobody's any more, and the conversation has gone on.
  await house.says(phone, 'no')
  expect(await house.heard(phone, 2)).toEqual(['It is in Győr. Anything else?', 'Bye.'])
  expect(asked).toHaveLength(2)
})

test('what a phone writes while a request is open waits for nothing and loses nothing', async () => {
  const another = '+36307654321'
  await house.says(another, 'track 9')
  const open = await until(() => asked[2], 'the request')
  expect(await house.says(another, 'well?')).toBe(true)
  open.answer('Pécs')
  expect(await house.heard(another, 1)).toEqual(['It is in Pécs. Anything else?'])
})

function parcelFlow(port: number) {
  const url = `http://127.0.0.1:${port}/parcels/{{ reply.text }}`
  const map = [{ variable: 'place', path: 'place' }]
  const ask = { kind: 'text', variable: 'more', retries: 0 }
  return flowOf(
    {
      start: { type: 'keyword', data: { keywords: ['track'], match: 'first' }, to: { next: 'look' } },
      look: {
        type: 'http',
        data: { method: 'GET', url, map, timeout: 'PT60S', retries: 2 },
        to: { success: 'found', failure: 'sorry', timeout: 'sorry' },
      },
      found: {
        type: 'ask',
        data: { ...ask, text: 'It is in {{ vars.place }}. Anything else?' },
        to: { next: 'bye' },
      },
      sorry: { type: 'message', data: { text: 'Sorry.' }, to: { next: 'end' } },
      bye: { type: 'message', data: { text: 'Bye.' }, to: { next: 'end' } },
      end: { type: 'end', data: { outcome: 'completed' } },
    },
    {
      id: 'parcel',
      variables: [
        { name: 'place', type: 'text' },
        { name: 'more', type: 'text' },
      ],
    },
  )
}
