import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stoppedClock } from '@textloom/core/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Mail, MailError } from './mailer.ts'
import { flowOf } from './testing/flows.ts'
import { hostingOn, type Kit } from './testing/hosting-kit.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+15550001'
const database = withDatabase()
const telling = (by: string, to: string[]) =>
  flowOf('alarm', [
    ['start', 'keyword', { keywords: ['alarm'], match: 'exact' }, { next: 'tell' }],
    [
      'tell',
      'notify',
      { by, to, text: '{{ contact.phone }} says {{ reply.text }}', ...(by === 'email' && { subject: 'Alarm' }) },
      { next: 'end' },
    ],
    ['end', 'end', { outcome: 'completed' }],
  ])

async function settled({ sql }: Kit, count = 1): Promise<{ kind: string; code: string | null }[]> {
  for (;;) {
    const rows = await sql.query<{ kind: string; code: string | null }>(
      `select kind, data ->> 'code' as code from event where kind in ('notify.sent', 'notify.failed') order by at, rev, n`,
    )
    if (rows.length >= count) return rows
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Waits until a notice was tried and is to be tried again. */
async function handedBack({ sql }: Kit): Promise<void> {
  for (;;) {
    const rows = await sql.query(`select from outbox where kind = 'notify' and state = 'queued' and attempt = 1`)
    if (rows.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('by webhook', () => {
  let server: Server
  let url = ''
  let statuses: number[]
  let bodies: unknown[]
  beforeEach(async () => {
    statuses = []
    bodies = []
    server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      bodies.push(JSON.parse(body))
      response.writeHead(statuses.shift() ?? 200).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  test('a notice is posted, and tried again when the server cannot take it', async () => {
    const clock = stoppedClock(Date.now())
    statuses = [503, 200]
    const kit = await hostingOn(database().sql, {
      flows: [telling('webhook', [url])],
      allowPrivate: ['127.0.0.0/8'],
      clock,
    })
    await kit.says(anna, 'alarm')
    await handedBack(kit)
    clock.advance(10_000)
    expect(await settled(kit)).toEqual([{ kind: 'notify.sent', code: null }])
    expect(bodies).toHaveLength(2)
    expect(bodies[0]).toMatchObject({
      type: 'notify',
      text: `${anna} says alarm`,
      phone: anna,
      flow: 'alarm',
      node: 'tell',
    })
    expect(await kit.sql.query(`select state, attempt from outbox where kind = 'notify'`)).toEqual([
      { state: 'done', attempt: 2 },
    ])
    await kit.stop()
  })

  test('a notice that is refused is given up at once', async () => {
    statuses = [404]
    const kit = await hostingOn(database().sql, { flows: [telling('webhook', [url])], allowPrivate: ['127.0.0.0/8'] })
    await kit.says(anna, 'alarm')
    expect(await settled(kit)).toEqual([{ kind: 'notify.failed', code: 'notify/refused' }])
    await kit.stop()
  })

  test('a private address is refused before anything is sent', async () => {
    const kit = await hostingOn(database().sql, { flows: [telling('webhook', [url])] })
    await kit.says(anna, 'alarm')
    expect(await settled(kit)).toEqual([{ kind: 'notify.failed', code: 'notify/bad-recipient' }])
    expect(bodies).toEqual([])
    await kit.stop()
  })
})

test('by SMS a notice is a text outside any session', async () => {
  const kit = await hostingOn(database().sql, { flows: [telling('sms', ['+1 555 0002', 'nobody'])] })
  await kit.says(anna, 'alarm')
  expect(await kit.heard('+15550002', 1)).toEqual([`${anna} says alarm`])
  expect((await settled(kit, 2)).map(({ code }) => code).sort()).toEqual(['notify/bad-recipient', null])
  await kit.stop()
})

describe('by e-mail', () => {
  test('a notice goes to each recipient', async () => {
    const mails: Mail[] = []
    const mailer = { send: async (mail: Mail) => void mails.push(mail) }
    const kit = await hostingOn(database().sql, {
      flows: [telling('email', ['a@example.org', 'b@example.org'])],
      mailer,
    })
    await kit.says(anna, 'alarm')
    await settled(kit, 2)
    expect(mails.map(({ to, subject }) => [to, subject]).sort()).toEqual([
      ['a@example.org', 'Alarm'],
      ['b@example.org', 'Alarm'],
    ])
    await kit.stop()
  })

  test.each([
    { what: 'without SMTP_URL', mailer: undefined, code: 'notify/no-smtp' },
    {
      what: 'to a mailbox that is not there',
      mailer: { send: () => Promise.reject(new MailError('550 no such user', 'never')) },
      code: 'notify/refused',
    },
  ])('$what fails by name: $code', async ({ mailer, code }) => {
    const kit = await hostingOn(database().sql, {
      flows: [telling('email', ['a@example.org'])],
      ...(mailer && { mailer }),
    })
    await kit.says(anna, 'alarm')
    expect(await settled(kit)).toEqual([{ kind: 'notify.failed', code }])
    await kit.stop()
  })
})
