/** CONTRACT §6 (6): timers fire once, late rather than never, never early. */
import { setTimeout as pause } from 'node:timers/promises'
import { flowOf } from '@textloom/engine/testing'
import { deliveredTexts, type House, startHouse } from '@textloom/runtime/testing/system'
import { afterAll, beforeAll, expect, test } from 'vitest'

const WAIT_MS = 4_000

const flow = flowOf(
  {
    start: { type: 'keyword', data: { keywords: ['egg'], match: 'only' }, to: { next: 'begun' } },
    begun: { type: 'message', data: { text: 'In the water.' }, to: { next: 'boil' } },
    boil: { type: 'wait', data: { duration: 'PT4S' }, to: { next: 'done' } },
    done: { type: 'message', data: { text: 'Done.' }, to: { next: 'end' } },
    end: { type: 'end', data: { outcome: 'completed' } },
  },
  { id: 'egg' },
)
let house: House

beforeAll(async () => {
  house = await startHouse({ flows: [flow] })
})

afterAll(() => house?.remove())

test.each([
  {
    what: 'that falls due while nothing runs fires after the next start',
    phone: '+36301111111',
    downMs: WAIT_MS + 500,
  },
  { what: 'that falls due after the next start fires then', phone: '+36302222222', downMs: 0 },
])('a timer $what, once and not before its time', async ({ phone, downMs }) => {
  await house.says(phone, 'egg')
  // A kill before it is known to have arrived could send it twice.
  await deliveredTexts(house.runtime, phone, 1)
  await house.runtime.kill()
  await pause(downMs)
  await house.startAgain()
  expect(await house.heard(phone, 2)).toEqual(['In the water.', 'Done.'])
  const [begun, done] = house.smsc.events.flatMap((event) =>
    event.type === 'mt' && event.to === phone ? [event.at] : [],
  )
  expect((done ?? 0) - (begun ?? 0)).toBeGreaterThanOrEqual(WAIT_MS - 100)
  await pause(1_500)
  expect(house.textsTo(phone)).toHaveLength(2)
})
