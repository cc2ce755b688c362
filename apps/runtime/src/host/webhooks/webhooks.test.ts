import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '@textloom/core'
import { stoppedClock } from '@textloom/core/testing'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bucketOf } from '../../db/bucket.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import { expireWaiting } from '../../db/hot/expire.ts'
import type { ClaimedHttp } from '../../db/hot/http-outbox.ts'
import type { Sql } from '../../db/sql.ts'
import { listWebhookMessages, replay } from '../../db/webhooks/messages.ts'
import { changeSecret, findWebhook, insertWebhook } from '../../db/webhooks/subscriptions.ts'
import { secretBox } from '../../settings/secret-box.ts'
import { guardedFetch } from '../guarded-fetch.ts'
import { hostingOn, until } from '../testing/hosting-kit.ts'
import { withDatabase } from '../testing/with-database.ts'
import { webhookBody } from './body.ts'
import type { WebhookEvent } from './event-names.ts'
import { newWebhookSecret } from './signature.ts'
import { secretPlace, tell } from './teller.ts'

const database = withDatabase()
const anna = '+36301234567'
const hook = '01a202cb-ba14-7eab-8383-b75a5e01ebde'
/** The one of the hosting kit. */
const box = secretBox(Buffer.alloc(32, 7))
const hour = 3_600_000

interface Got {
  readonly headers: Record<string, string>
  readonly body: string
}

type Answer = { readonly status: number; readonly headers?: Record<string, string> } | 'reset'

/** Somebody who is told, and answers as a test says; 204 by itself. */
async function receiver(answers: Answer[] = []) {
  const got: Got[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      got.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() })
      const answer = answers.shift() ?? { status: 204 }
      if (answer === 'reset') request.socket.destroy()
      else response.writeHead(answer.status, answer.headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

async function subscribe(sql: Sql, url: string, events: readonly WebhookEvent[]): Promise<string> {
  const secret = newWebhookSecret()
  const row = { id: hook, url, label: '', events, isEnabled: true, secret: box.seal(secret, secretPlace(hook)) }
  await insertWebhook(drizzleOver(sql), row, new Date())
  return secret
}

/** Everything that a webhook was to be told, the oldest first. */
async function told(sql: Sql): Promise<{ type: string; data: JsonObject }[]> {
  const states = ['queued', 'sending', 'done', 'failed', 'cancelled']
  const messages = await listWebhookMessages(sql, hook, { before: undefined, limit: 100, states })
  return messages.map(({ payload }) => payload as unknown as { type: string; data: JsonObject }).toReversed()
}

/** Tries to tell one message until it need not be tried again, letting the time go by in between. */
async function tellToTheEnd(sql: Sql, payload: object) {
  const clock = stoppedClock()
  const begin = clock.now()
  await sql.query(
    `insert into outbox (bucket, channel, phone, rev, n, id, kind, phone_hash, source, segments, priority, payload, topic,
       is_consent, state, created_at, due_at, webhook)
     values (0, '4040', $1, -1, 0, $2::uuid, 'webhook', 0, 'webhook', 1, 5, $3::json, '', false, 'sending', now(), now(), $4::uuid)`,
    [anna, '01a202cb-ba14-7eab-8383-b75a5e01ebdf', JSON.stringify(payload), hook],
  )
  const row = {
    channel: '4040',
    phone: anna,
    rev: -1,
    n: 0,
    id: '01a202cb-ba14-7eab-8383-b75a5e01ebdf',
    runId: null,
    payload,
    attempt: 0,
    possibleDuplicate: false,
  } as ClaimedHttp
  const guarded = guardedFetch(['127.0.0.1/32'])
  onTestFinished(() => guarded.close())
  const failed = (error: Error) => expect.unreachable(error.message)
  for (let attempt = 1; ; attempt++) {
    const retry = await tell({ ...row, attempt }, { sql, clock, owner: 'us', guarded, box, failed })
    if (retry === undefined) return { attempts: attempt, tookMs: clock.now() - begin }
    clock.advance(retry.dueAt - clock.now())
  }
}

const payload = { webhook: hook, type: 'webhook.test', at: '2026-11-28T12:00:00Z', data: { a: 1 } }

describe('what happens is told', () => {
  test('as Standard Webhooks has it, to who asked for it', async () => {
    const { sql } = database()
    const { got, url } = await receiver()
    const secret = await subscribe(sql, url, ['message.received', 'message.status'])
    const kit = await hostingOn(sql, { allowPrivate: ['127.0.0.1/32'] })
    await kit.says(anna, 'Hello "world" ő')
    await until(() => got.length >= 1)
    const verified = got.map(({ headers, body }) => new Webhook(secret).verify(body, headers))
    expect(verified).toMatchObject([
      {
        type: 'message.received',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        sequence: expect.any(Number),
        data: { channel: '4040', phone: anna, text: 'Hello "world" ő', message: expect.any(String), link: 'phone' },
      },
    ])
    const [first] = got
    expect(() =>
      new Webhook(secret).verify(first?.body.replace('Hello', 'Hallo') ?? '', first?.headers ?? {}),
    ).toThrow()
    expect(() => new Webhook(newWebhookSecret()).verify(first?.body ?? '', first?.headers ?? {})).toThrow()
    await kit.stop()
  })

  test('by the statement that stores it, or not at all; also what no turn tells', async () => {
    const { sql } = database()
    await subscribe(sql, 'http://127.0.0.1:1/', ['message.status', 'contact.consent', 'session.*'])
    const event = (kind: string, data: object) =>
      [
        `insert into event (bucket, channel, phone, at, rev, n, kind, data)
      values (1, '4040', $1, now(), 1, 0, $2, $3::json)`,
        [anna, kind, JSON.stringify(data)],
      ] as const
    await sql
      .transaction(async (tx) => {
        await tx.query(...event('mt.sent', { message: 'm' }))
        throw new Error('no')
      })
      .catch(() => {})
    expect(await told(sql)).toEqual([])
    for (const kind of ['mo.received', 'session.moved', 'result', 'session.ended'])
      await sql.query(...event(kind, { run: 'r' }))
    await sql.query(
      `insert into consent_entry (id, phone, topic, state, channel, source, actor, actor_name, at)
       values (gen_random_uuid(), $1, 'news', 'out', '4040', 'api', 'env', '', now())`,
      [anna],
    )
    expect(await told(sql)).toMatchObject([
      { type: 'session.ended', data: { run: 'r' } },
      { type: 'contact.consent', data: { consent: 'out', topic: 'news', source: 'api' } },
    ])
  })

  test('of texts that expired while they waited', async () => {
    const { sql } = database()
    await subscribe(sql, 'http://127.0.0.1:1/', ['message.status'])
    const clock = stoppedClock()
    const kit = await hostingOn(sql, { clock, role: 'worker' })
    await kit.services.sendMessage({ by: 'api', key: 'k', channel: '4040', to: anna, text: 'x', validityMs: 1 })
    clock.advance(2)
    await expireWaiting(sql, clock.now())
    expect(await told(sql)).toMatchObject([{ type: 'message.status', data: { state: 'expired', code: 'expired' } }])
    await kit.stop()
  })
})

describe('who does not take it', () => {
  test('is told again under the same id, with a timestamp of its own, and redirects lead nowhere', async () => {
    const { sql } = database()
    const answers: Answer[] = [
      { status: 500 },
      'reset',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      { status: 429, headers: { 'retry-after': '36000' } },
    ]
    const { got, url } = await receiver(answers)
    const secret = await subscribe(sql, url, ['message.received'])
    const { attempts, tookMs } = await tellToTheEnd(sql, payload)
    expect(attempts).toBe(5)
    // 5 s, 5 min, 30 min, and what Retry-After asks for instead of 2 h.
    expect(tookMs).toBe(5_000 + 300_000 + 1_800_000 + 10 * hour)
    expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(got.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(5)
    expect(got.map(({ headers }) => headers['webhook-signature']?.split(' ').length)).toEqual([1, 1, 1, 1, 1])
    expect(secret).toMatch(/^whsec_/)
    const [message] = await listWebhookMessages(sql, hook, { before: undefined, limit: 1, states: ['done'] })
    const statuses = Object.values(message?.attempts ?? {}).map(({ status, error }) => status ?? error)
    expect(statuses).toHaveLength(5)
    expect(statuses).toEqual(expect.arrayContaining([500, 302, 429, 204]))
  })

  test('for more than three days is told no more, until somebody replays it', async () => {
    const { sql } = database()
    const { url } = await receiver(Array.from({ length: 10 }, () => ({ status: 503 })))
    await subscribe(sql, url, ['message.received'])
    const { attempts, tookMs } = await tellToTheEnd(sql, payload)
    expect(attempts).toBe(10)
    expect(tookMs).toBeGreaterThan(72 * hour)
    const [message] = await listWebhookMessages(sql, hook, { before: undefined, limit: 1, states: ['failed'] })
    expect(await replay(sql, hook, message?.id ?? '', 0)).toBe(true)
    expect(await replay(sql, hook, message?.id ?? '', 0)).toBe(false)
  })

  test('and says that it is gone is not told anything any more', async () => {
    const { sql } = database()
    const { got, url } = await receiver([{ status: 410 }])
    await subscribe(sql, url, ['session.*'])
    expect(await tellToTheEnd(sql, payload)).toMatchObject({ attempts: 1 })
    expect(await findWebhook(drizzleOver(sql), hook)).toMatchObject({ isEnabled: false, disabledBy: 'gone' })
    await sql.query(`update outbox set rev = -2, id = gen_random_uuid()`)
    await tellToTheEnd(sql, payload)
    expect(got).toHaveLength(1)
    const states = await sql.query('select state from outbox order by rev')
    expect(states).toEqual([{ state: 'failed' }, { state: 'cancelled' }])
  })
})

test('while a secret takes the place of another, messages are signed with both', async () => {
  const { sql } = database()
  const { got, url } = await receiver()
  const before = await subscribe(sql, url, ['message.received'])
  const row = await findWebhook(drizzleOver(sql), hook)
  const after = newWebhookSecret()
  const sealed = box.seal(after, secretPlace(hook))
  const rotate = (previousUntil: Date) =>
    changeSecret(
      drizzleOver(sql),
      hook,
      { secret: sealed, previousSecret: row?.secret ?? null, previousUntil },
      new Date(),
    )
  await rotate(new Date(Date.now() + hour))
  await tellToTheEnd(sql, payload)
  const [{ headers, body } = { headers: {}, body: '' }] = got
  expect(headers['webhook-signature']?.split(' ')).toHaveLength(2)
  // The clock of the test stands still where it likes.
  const now = { ...headers }
  for (const secret of [before, after]) {
    const signed = new Webhook(secret).sign(
      now['webhook-id'] ?? '',
      new Date(Number(now['webhook-timestamp']) * 1_000),
      body,
    )
    expect(headers['webhook-signature']).toContain(signed)
  }
  await sql.query('delete from outbox')
  await rotate(new Date(0))
  await tellToTheEnd(sql, payload)
  expect(got[1]?.headers['webhook-signature']?.split(' ')).toHaveLength(1)
})

test('a body stays below 20 kB, and says what it leaves out', async () => {
  const { sql } = database()
  const data = { name: 'essay', value: 'ő'.repeat(30_000), run: 'r' }
  const body = await webhookBody(
    sql,
    { type: 'result.recorded', at: payload.at, data },
    { channel: '4040', phone: anna, sequence: 1 },
  )
  expect(Buffer.byteLength(body)).toBeLessThan(20_000)
  expect(JSON.parse(body)).toEqual({
    type: 'result.recorded',
    timestamp: '2026-11-28T12:00:00.000Z',
    sequence: 1,
    data: { channel: '4040', phone: anna, session: 'r', name: 'essay', truncated: true },
  })
})

test.each([
  { channel: '', phone: '' },
  { channel: '4040', phone: anna },
  { channel: 'ő-csatorna', phone: '+8613800000000' },
])('the database knows the bucket of $phone on "$channel"', async ({ channel, phone }) => {
  const rows = await database().sql.query('select bucket_of($1::text, $2::text)::int as bucket', [channel, phone])
  expect(rows).toEqual([{ bucket: bucketOf(channel, phone) }])
})
