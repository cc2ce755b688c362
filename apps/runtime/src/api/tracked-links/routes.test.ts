import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flowOf } from '../../host/testing/flows.ts'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

const offer = flowOf('offer', [
  ['start', 'keyword', { keywords: ['offer'], match: 'exact' }, { next: 'link' }],
  [
    'link',
    'link',
    { text: 'See {{ link }}', url: 'https://example.org/of\u00e9?a=1%202', wait: 'PT1H' },
    { clicked: 'thanks', timeout: 'end' },
  ],
  ['thanks', 'message', { text: 'Like it?' }, { next: 'end' }],
  ['end', 'end', { outcome: 'completed' }],
])

let api: TestInstance
beforeAll(async () => {
  api = await testInstance({ flows: [offer] })
})
afterAll(() => api.stop())

const browser = { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36' }

async function linkTo(phone: string): Promise<string> {
  await api.kit.says(phone, 'offer')
  const [text = ''] = await api.kit.heard(phone, 1)
  return text.replace(/^See https:\/\/sms\.example\.org/, '')
}

const events = async () =>
  (await api.sql.query("select data ->> 'node' as node from event where kind = 'tracked-link.opened'")).length

describe('a tracked link', () => {
  test('leads on, is recorded once, and tells its flow', async () => {
    const path = await linkTo('+15550201')
    const before = await events()
    const answer = await api.app.request(path, { headers: browser })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('https://example.org/of%C3%A9?a=1%202')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await api.kit.heard('+15550201', 2)).toEqual([expect.any(String), 'Like it?'])
    expect((await api.app.request(path, { headers: browser })).status).toBe(302)
    expect(await events()).toBe(before + 1)
    const [run] = (await api.ask('GET', '/sessions?phone=%2B15550201')).json.items
    expect(run).toMatchObject({ state: 'ended', outcome: 'completed' })
  })

  test.each([
    { who: 'a program that draws a preview', init: { headers: { 'user-agent': 'WhatsApp/2.24.10 A' } } },
    { who: 'HEAD', init: { method: 'HEAD', headers: browser } },
  ])('leads $who on, and is not opened by that', async ({ init }) => {
    const path = await linkTo(`+1555021${init.headers['user-agent'].length % 10}`)
    const before = await events()
    expect((await api.app.request(path, init)).status).toBe(302)
    expect(await events()).toBe(before)
  })

  test('that nobody sent leads to a page that says so', async () => {
    for (const path of ['/l/AAAAAAAAAA', '/l/..%2f', '/l/x']) {
      const answer = await api.app.request(path, { headers: browser })
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('This link leads nowhere')
    }
  })
})
