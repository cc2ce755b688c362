/**
 * A campaign at the channel's speed over kills: each recipient once, or marked as a possible duplicate; STOP in the
 * middle of it counts at once. `CAMPAIGN_RECIPIENTS=20000` makes it a long one.
 */
import { type House, startHouse, until } from '@textloom/runtime/testing/system'
import { afterAll, beforeAll, expect, test } from 'vitest'

const count = Number(process.env.CAMPAIGN_RECIPIENTS ?? 160)
const perSecond = Math.max(100, count / 40)
const phones = Array.from({ length: count }, (_, index) => `+3630${String(1_000_000 + index)}`)
const text = 'The shop is open until ten tonight.'

let house: House
beforeAll(async () => {
  house = await startHouse({ flows: [], channel: { messagesPerSecond: perSecond } })
})
afterAll(() => house?.remove())

async function ask<Body>(method: string, path: string, body?: object): Promise<Body> {
  const response = await house.runtime.api(`/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer = await response.text()
  expect(response.ok, answer).toBe(true)
  return JSON.parse(answer) as Body
}

interface Item {
  readonly id: string
  readonly state: string
  readonly progress: { readonly possibleDuplicates: number; readonly skipped: { readonly [reason: string]: number } }
}

interface Page {
  readonly items: readonly { readonly phone: string; readonly state: string; readonly possibleDuplicate: boolean }[]
  readonly nextCursor: string | null
}

const sentSoFar = () => house.smsc.mts.filter((mt) => mt.text === text).length
const sentShare = (share: number) =>
  until(
    () => sentSoFar() >= count * share,
    () => `${share} of ${count} texts`,
  )

test('every recipient of a campaign gets its text once, whatever is killed, and none after STOP', async () => {
  const { id } = await ask<Item>('POST', '/campaigns', {
    name: 'Late night',
    channel: '4040',
    content: { kind: 'message', variants: [{ id: 'A', texts: { en: text } }] },
    audience: { phones: phones.slice(0, 10_000) },
    consent: 'not-refused',
    schedule: { kind: 'now' },
    timezone: 'Europe/Budapest',
    quiet: null,
  })
  const { digest, recipients } = await ask<{ digest: string; recipients: number }>('POST', `/campaigns/${id}/check`)
  expect(recipients).toBe(Math.min(count, 10_000))
  await ask('POST', `/campaigns/${id}/launch`, { digest })

  await sentShare(0.2)
  await house.runtime.kill()
  await house.startAgain()
  await sentShare(0.45)
  const stopped = phones[recipients - 1] ?? ''
  expect(house.textsTo(stopped)).toEqual([])
  expect(await house.says(stopped, 'STOP')).toBe(true)
  await house.runtime.kill()
  await house.startAgain()
  await until(
    async () => {
      const item = await ask<Item>('GET', `/campaigns/${id}`)
      const { items } = await ask<Page>('GET', `/campaigns/${id}/recipients?filter=queued&limit=1`)
      // Counts may be a second old.
      const isCounted = item.progress.skipped['opted-out'] === 1
      return item.state === 'finished' && items.length === 0 && isCounted && item
    },
    () => `the campaign to be through; ${sentSoFar()} of ${count} are`,
    120_000,
  )

  expect(house.textsTo(stopped).filter((one) => one === text)).toEqual([])
  const marked = new Set<string>()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: Page = await ask(
      'GET',
      `/campaigns/${id}/recipients?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    for (const one of page.items) if (one.possibleDuplicate) marked.add(one.phone)
    cursor = page.nextCursor
  }
  const counts = new Map<string, number>()
  for (const mt of house.smsc.mts) if (mt.text === text) counts.set(mt.to, (counts.get(mt.to) ?? 0) + 1)
  const wrong = phones
    .slice(0, recipients - 1)
    .filter((phone) => counts.get(phone) !== 1 && !(marked.has(phone) && (counts.get(phone) ?? 0) === 2))
  expect(wrong).toEqual([])
}, 240_000)
