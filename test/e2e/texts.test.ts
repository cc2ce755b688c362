/** What people write, on its way through a whole runtime and back. */
import { countingFlow, type House, startHouse } from '@textloom/runtime/testing/system'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let house: House

beforeAll(async () => {
  house = await startHouse({ flows: [countingFlow] })
})

afterAll(() => house?.remove())

/** With the count before them three segments of GSM 7-bit (153 letters each), six of UCS-2 (67 each). */
const long = (words: string) => words.repeat(Math.ceil(400 / words.length)).slice(0, 400)

test.each([
  { what: 'plain words', text: 'hello', segments: 1 },
  { what: 'every kind of GSM 7-bit letter, those of its extension too', text: 'é Ω ß £ {[~]} €', segments: 1 },
  { what: 'letters that GSM 7-bit lacks', text: 'Őrült árvíztűrő 部屋 Привет', segments: 1 },
  { what: 'an emoji of two code units', text: 'ok 👍🏽', segments: 1 },
  { what: 'a long text', text: long('the quick brown fox '), segments: 3 },
  { what: 'a long text in another script', text: long('съешь же ещё '), segments: 6 },
  { what: 'what looks like a template', text: '{{ vars.count }} {% if %}', segments: 1 },
])('$what comes back as it was written', async ({ text, segments }) => {
  const phone = nextPhone()
  await house.says(phone, text)
  expect(await house.heard(phone, 1)).toEqual([`1 ${text}`])
  expect(house.smsc.mts.find(({ to }) => to === phone)).toMatchObject({ from: '4040', segments })
})

test.each(['udh8', 'udh16', 'sar', 'payload'] as const)('a long MO that comes as %s is put together', async (style) => {
  const phone = nextPhone()
  const text = long(`written as ${style} `)
  await house.smsc.hears({ from: phone, to: '4040', text }, style)
  expect(await house.heard(phone, 1)).toEqual([`1 ${text}`])
})

describe('STOP', () => {
  test('is confirmed once, ends the conversation and silences everything until START', async () => {
    const phone = nextPhone()
    await house.says(phone, 'one')
    await house.heard(phone, 1)
    await house.says(phone, ' Stop. ')
    const [, confirmation = ''] = await house.heard(phone, 2)
    expect(confirmation).toMatch(/no more|unsubscribed|opted out|not (send|get|receive)/i)

    await house.says(phone, 'two')
    const refused = await send(phone, 'Buy now')
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'messages/opted-out' }])

    await house.says(phone, 'START')
    await house.heard(phone, 3)
    await house.says(phone, 'three')
    // The session of before is over: counting begins anew.
    expect((await house.heard(phone, 4)).slice(3)).toEqual(['1 three'])
    expect(house.textsTo(phone)).toHaveLength(4)
  })
})

function send(to: string, text: string): Promise<Response> {
  const body = JSON.stringify({ channel: '4040', to, text })
  return house.runtime.api('/api/v1/messages', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
}

let phones = 0

function nextPhone(): string {
  return `+3630${2_000_000 + ++phones}`
}
