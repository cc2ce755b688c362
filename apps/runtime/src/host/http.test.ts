import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askingServerFlow, echoFlow } from './testing/flows.ts'
import { hostingOn, until } from './testing/hosting-kit.ts'
import { withDatabase } from './testing/with-database.ts'

const anna = '+15550001'
const database = withDatabase()
const allowPrivate = ['127.0.0.0/8']

interface Asked {
  readonly method: string
  readonly key: string
  readonly type: string
  readonly body: string
}

let server: Server
let url: string
let asked: Asked[]
let answer: (response: ServerResponse, request: IncomingMessage) => void

beforeEach(async () => {
  asked = []
  answer = (response) => response.setHeader('content-type', 'application/json').end('{"said":"hi"}')
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { 'idempotency-key': key = '', 'content-type': type = '' } = request.headers
    asked.push({ method: request.method ?? '', key: String(key), type, body })
    answer(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('a request of a flow', () => {
  test('is made once, with its outbox id as Idempotency-Key, and its answer goes on with the flow', async () => {
    const kit = await hostingOn(database().sql, { flows: [askingServerFlow(url)], allowPrivate })
    await kit.says(anna, 'ask')
    expect(await kit.heard(anna, 1)).toEqual(['It said hi.'])
    const [row] = await kit.sql.query<{ id: string; state: string }>(`select id, state from outbox where kind = 'http'`)
    expect(row?.state).toBe('done')
    expect(asked).toEqual([{ method: 'POST', key: row?.id, type: 'application/json', body: `{"from":"${anna}"}` }])
    expect(await kit.sql.query('select pending from session')).toEqual([{ pending: [] }])
    await kit.stop()
  })

  test('is made by whoever has its bucket, who is told', async () => {
    const { sql } = database()
    const told: string[] = []
    const deaf = await sql.listen?.('textloom_outbox', (to) => told.push(to))
    const flows = [askingServerFlow(url)]
    const gateway = await hostingOn(sql, { flows, isExclusive: false, role: 'gateway' })
    await gateway.says(anna, 'ask')
    await until(() => told.includes('(http)'))
    const worker = await hostingOn(sql, { flows, isExclusive: false, role: 'worker', allowPrivate })
    expect(await gateway.heard(anna, 1)).toEqual(['It said hi.'])
    await Promise.all([gateway.stop(), worker.stop(), deaf?.()])
  })

  test.each([
    { what: 'fails on the server', with: 500, says: 'It failed.' },
    { what: 'is redirected', with: 302, says: 'It failed.' },
  ])('that $what leaves by failure', async ({ with: status, says }) => {
    answer = (response) => response.writeHead(status, { location: url }).end('{}')
    const kit = await hostingOn(database().sql, { flows: [askingServerFlow(url)], allowPrivate })
    await kit.says(anna, 'ask')
    expect(await kit.heard(anna, 1)).toEqual([says])
    expect(asked).toHaveLength(1)
    await kit.stop()
  })

  test('to a private address leaves by failure without being made', async () => {
    const kit = await hostingOn(database().sql, { flows: [askingServerFlow(url)] })
    await kit.says(anna, 'ask')
    expect(await kit.heard(anna, 1)).toEqual(['It failed.'])
    expect(asked).toEqual([])
    const [row] = await kit.sql.query<{ error: object }>(`select error from outbox where kind = 'http'`)
    expect(row?.error).toMatchObject({ code: 'http/refused' })
    await kit.stop()
  })

  test('that nobody answers leaves by timeout in time, and a later answer has no effect', async () => {
    const late: ServerResponse[] = []
    answer = (response) => void late.push(response)
    const kit = await hostingOn(database().sql, { flows: [askingServerFlow(url, { timeout: 'PT1S' })], allowPrivate })
    await kit.says(anna, 'ask')
    await until(() => late.length === 1)
    expect(await kit.heard(anna, 1)).toEqual(['It was slow.'])
    late[0]?.end('{"said":"late"}')
    await until(() => kit.backlog() === 0)
    expect(await kit.heard(anna, 1)).toEqual(['It was slow.'])
    await kit.stop()
  })

  test('is tried again with the same flow in the same place, as often as its node says', async () => {
    answer = (response) => (asked.length < 2 ? response.writeHead(503).end() : response.end('{"said":"at last"}'))
    const kit = await hostingOn(database().sql, { flows: [askingServerFlow(url, { retries: 2 })], allowPrivate })
    await kit.says(anna, 'ask')
    expect(await kit.heard(anna, 1)).toEqual(['It said at last.'])
    expect(asked).toHaveLength(2)
    await kit.stop()
  })

  test('keeps nobody waiting: other phones are answered while the server thinks', async () => {
    answer = () => undefined
    const kit = await hostingOn(database().sql, { flows: [askingServerFlow(url), echoFlow()], allowPrivate })
    await Promise.all(Array.from({ length: 30 }, (_, index) => kit.says(`+1555${4000 + index}`, 'ask')))
    await until(() => asked.length === 30)
    await kit.says(anna, 'hello')
    expect(await kit.heard(anna, 1)).toEqual(['1 hello'])
    await kit.stop()
  })

  test('that was under way when the process died is made again under the same key, and has one effect', async () => {
    answer = () => undefined
    const kit = await hostingOn(database().sql, { flows: [askingServerFlow(url)], allowPrivate })
    await kit.says(anna, 'ask')
    await until(() => asked.length === 1)
    await kit.stop()
    answer = (response) => response.end('{"said":"hi again"}')
    const again = await hostingOn(database().sql, { flows: [askingServerFlow(url)], allowPrivate })
    expect(await again.heard(anna, 1)).toEqual(['It said hi again.'])
    expect(asked.map(({ key }) => key)).toEqual([asked[0]?.key, asked[0]?.key])
    await again.stop()
  })

  test('whose answer holds what the database cannot: it is cleaned, not lost', async () => {
    answer = (response) => response.end('{"said":"a\\u0000b\\ud800"}')
    const kit = await hostingOn(database().sql, { flows: [askingServerFlow(url)], allowPrivate })
    await kit.says(anna, 'ask')
    expect(await kit.heard(anna, 1)).toEqual(['It said a\uFFFDb\uFFFD.'])
    await kit.stop()
  })
})
