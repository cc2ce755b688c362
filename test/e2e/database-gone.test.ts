/** CONTRACT §6 (1): nothing is acknowledged that is not stored, and nobody has to come and repair anything. */
import {
  countingFlow,
  engineOf,
  type House,
  proxyTo,
  startHouse,
  storageOn,
  type TcpProxy,
  until,
} from '@textloom/runtime/testing/system'
import { afterAll, beforeAll, expect, test } from 'vitest'

let house: House
let database: TcpProxy

beforeAll(async () => {
  const storage = await storageOn(engineOf('embedded'), { shared: true })
  const url = new URL(storage.env.DATABASE_URL ?? '')
  database = await proxyTo(Number(url.port))
  url.port = String(database.port)
  house = await startHouse({ storage, flows: [countingFlow], env: { DATABASE_URL: url.href } })
})

afterAll(async () => {
  await house?.remove()
  await database?.close()
})

test('while the database is gone no MO is acknowledged, and when it is back each is handled once', async () => {
  const phone = '+36301234567'
  await house.says(phone, 'one')
  expect(await house.heard(phone, 1)).toEqual(['1 one'])

  await database.cut()
  const refused = house.smsc.next('mo-refused')
  const sentAtMs = performance.now()
  const taken = house.says(phone, 'two')
  const notReady = await until(() => readyz(house, 503), '/readyz to say 503')
  expect(notReady.reasons).toContainEqual(expect.stringMatching(/database/))

  expect(await refused).toMatchObject({ reason: expect.stringMatching(/RX_T_APPN/), again: true })
  // "While storing fails, the answer is held up to 10 s"
  const heldMs = performance.now() - sentAtMs
  expect(heldMs).toBeGreaterThan(9_000)
  expect(heldMs).toBeLessThan(12_000)
  expect(house.textsTo(phone)).toEqual(['1 one'])

  await database.restore()
  expect(await taken).toBe(true)
  expect(await house.heard(phone, 2)).toEqual(['1 one', '2 two'])
  await until(() => readyz(house, 200), '/readyz to say 200')
  await house.says(phone, 'three')
  expect(await house.heard(phone, 3)).toEqual(['1 one', '2 two', '3 three'])
})

test('what was stored without our knowing is not stored again', async () => {
  const phone = '+36307654321'
  await house.says(phone, 'one')
  expect(await house.heard(phone, 1)).toEqual(['1 one'])

  database.loseAnswers()
  const taken = house.says(phone, 'two')
  await new Promise((resolve) => setTimeout(resolve, 500))
  await database.cut()
  await database.restore()
  expect(await taken).toBe(true)
  await house.says(phone, 'three')
  const texts = await house.heard(phone, 3)
  // An MT in doubt may come twice; a step may not.
  expect([...new Set(texts)]).toEqual(['1 one', '2 two', '3 three'])
})

async function readyz({ runtime }: House, status: number): Promise<{ reasons: string[] } | undefined> {
  const response = await fetch(`${runtime.url}/readyz`)
  return response.status === status ? ((await response.json()) as { reasons: string[] }) : undefined
}
