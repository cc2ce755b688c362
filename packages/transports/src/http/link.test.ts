import { describe, expect, onTestFinished, test } from 'vitest'
import { someMt } from '../testing/conformance.ts'
import { manualTimers } from '../testing/manual-timers.ts'
import { RecordingHost } from '../testing/recording-host.ts'
import { httpConfigSchema } from './config.ts'
import { HttpLink, type HttpSurroundings } from './link.ts'
import { PretendProvider } from './pretend/provider.ts'

const quick = { lost: { firstMs: 5, maxMs: 10 }, refused: { firstMs: 5, maxMs: 10 } }
const slow = { lost: { firstMs: 60_000, maxMs: 60_000 }, refused: { firstMs: 60_000, maxMs: 60_000 } }

async function bench(config: object = {}, surroundings: HttpSurroundings = { backoff: quick }) {
  const host = new RecordingHost()
  const provider = await new PretendProvider({ preset: 'generic', deliver: (request) => link.receive(request) }).start()
  const url = `http://127.0.0.1:${provider.port}/sms`
  const link = new HttpLink(
    'op',
    httpConfigSchema.parse({ url, inboundToken: 'pretend-secret', ...config }),
    host,
    surroundings,
  )
  onTestFinished(async () => {
    await link.stop(0)
    await provider.stop()
  })
  link.start()
  return { host, provider, link }
}

const refusalOf = (sent: Promise<unknown>) =>
  sent.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('a provider that cannot be reached', () => {
  test('makes the link wait, and is found again by itself', async () => {
    const { host, provider, link } = await bench()
    const { port } = provider
    await provider.stop()
    expect(await refusalOf(link.send(someMt()))).toMatchObject({
      code: 'http/not-reached',
      retry: 'later',
      inDoubt: false,
    })
    expect(host.statuses.at(-1)).toMatchObject({ state: 'waiting', lastError: expect.stringContaining('ECONNREFUSED') })
    expect(await refusalOf(link.send(someMt()))).toMatchObject({ code: 'http/not-reached', inDoubt: false })
    await provider.start(port)
    await host.untilState('bound')
    expect(new Set(host.epochs).size).toBe(2)
    // One at a time until something was taken.
    expect(link.status().windowSize).toBe(1)
    await link.send(someMt())
    expect(link.status()).toMatchObject({ windowSize: 10 })
    expect(link.status()).not.toHaveProperty('lastError')
  })
})

describe('an answer that does not come', () => {
  test.each([
    { isIdempotent: false, inDoubt: true },
    { isIdempotent: true, inDoubt: false },
  ])('in time: in doubt $inDoubt where repetitions are known $isIdempotent', async ({ isIdempotent, inDoubt }) => {
    const { link, provider } = await bench({ timeoutMs: 100, isIdempotent })
    provider.answerNext(() => new Promise(() => {}))
    expect(await refusalOf(link.send(someMt()))).toMatchObject({ code: 'http/no-answer', retry: 'later', inDoubt })
    expect(link.status().state).toBe('bound')
  })

  test('because the connection broke leaves the MT in doubt', async () => {
    const { link, provider } = await bench()
    provider.answerNext(() => 'drop')
    expect(await refusalOf(link.send(someMt()))).toMatchObject({ code: 'http/connection-lost', inDoubt: true })
  })

  test('before the link stops leaves the MT in doubt', async () => {
    const { link, provider } = await bench()
    const asked = new Promise<void>((resolve) => {
      provider.answerNext(() => {
        resolve()
        return new Promise(() => {})
      })
    })
    const sent = refusalOf(link.send(someMt()))
    await asked
    await link.stop(10)
    expect(await sent).toMatchObject({ code: 'http/connection-lost', inDoubt: true })
  })
})

test('Retry-After rests the whole link, for as long as it says', async () => {
  const timers = manualTimers()
  const { link, host, provider } = await bench({}, { timers, backoff: quick })
  provider.answerNext(() => ({ status: 429, headers: { 'retry-after': '20' }, body: '{}' }))
  expect(await refusalOf(link.send(someMt()))).toMatchObject({
    code: 'http/throttled',
    retry: 'throttled',
    inDoubt: false,
  })
  expect(link.status()).toMatchObject({ state: 'bound', windowSize: 0, lastError: 'The provider asks to wait 20 s.' })
  await timers.advance(19_999)
  expect(link.status().windowSize).toBe(0)
  const told = host.statuses.length
  await timers.advance(1)
  expect(host.statuses.slice(told)).toMatchObject([{ state: 'bound', windowSize: 10 }])
})

test('wrong credentials keep the messages, and are tried again later', async () => {
  const { link, host, provider } = await bench()
  provider.answerNext(() => ({ status: 401, body: '{"detail":"Who are you?"}' }))
  expect(await refusalOf(link.send(someMt()))).toMatchObject({
    code: 'http/not-permitted',
    retry: 'later',
    inDoubt: false,
  })
  const refused = host.statuses.find(({ state }) => state === 'refused')
  expect(refused?.lastError).toContain('HTTP 401, Who are you?')
  await host.untilState('bound')
  await link.send(someMt())
  expect(link.status().windowSize).toBe(10)
})

test('connections are kept between requests', async () => {
  const { link, provider } = await bench()
  for (let n = 0; n < 5; n++) await link.send(someMt())
  expect(provider.connections).toBe(1)
})

test('no more connections than the window are opened', async () => {
  const { link, provider } = await bench({ windowSize: 3 })
  await Promise.all(Array.from({ length: 9 }, () => link.send(someMt())))
  expect(provider.connections).toBe(3)
  expect(link.status().inFlight).toBe(0)
})

test('a redirect is not followed', async () => {
  const { link, provider } = await bench({}, { backoff: slow })
  provider.answerNext(() => ({ status: 302, headers: { location: `http://127.0.0.1:${provider.port}/other` } }))
  expect(await refusalOf(link.send(someMt()))).toMatchObject({ code: 'http/not-permitted' })
  expect(provider.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/sms'])
})

test('an endless answer is read no further', async () => {
  const { link, provider } = await bench()
  provider.answerNext(() => ({ status: 200, body: `{"id":"${'x'.repeat(2_000_000)}"}` }))
  await expect(link.send(someMt())).resolves.toEqual({ providerIds: [''] })
})

test('a header that cannot be written fails its MT only', async () => {
  const { link } = await bench({ headers: { 'X-Text': '{{text}}' } })
  const error = await refusalOf(link.send(someMt({ text: 'two\nlines' })))
  expect(error).toMatchObject({ code: 'http/invalid-request', retry: 'never' })
  await link.send(someMt({ text: 'one line' }))
})

test('a link without a URL receives only', async () => {
  const { link } = await bench({ url: undefined })
  expect(link.status().windowSize).toBe(0)
  expect(await refusalOf(link.send(someMt()))).toMatchObject({ code: 'http/receive-only', retry: 'never' })
})
