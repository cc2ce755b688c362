import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestInstance, testInstance } from '../testing/test-instance.ts'

let api: TestInstance
let server: Server
let url: string
const asked: { method?: string | undefined; headers: object; body: string }[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ method: request.method, headers: request.headers, body })
    if (request.url === '/slow') return
    response.writeHead(request.url === '/moved' ? 302 : 200, { 'content-type': 'application/json', location: '/' })
    response.end('{"stock":7}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}`
  api = await testInstance({ allowPrivate: [`127.0.0.1:${port}`] })
})
afterAll(async () => {
  await api.stop()
  server.closeAllConnections()
  server.close()
})

const trying = (body: object) => api.ask('POST', '/flows/new/http-try', { body })

test('a request is made as the flow would make it', async () => {
  const headers = { 'X-Shop': 'seven' }
  const answer = await trying({ method: 'POST', url, headers, body: { size: 'L' } })
  expect(answer).toMatchObject({ status: 200, json: { status: 200, body: { stock: 7 } } })
  expect(asked.at(-1)).toMatchObject({
    method: 'POST',
    headers: { 'x-shop': 'seven', 'content-type': 'application/json', 'user-agent': 'Textloom' },
    body: '{"size":"L"}',
  })
})

test('a redirect is an answer', async () => {
  expect((await trying({ method: 'GET', url: `${url}/moved` })).json).toEqual({ status: 302, body: { stock: 7 } })
})

test.each([
  { what: 'silence', path: '/slow', error: 'timeout' },
  { what: 'a private address', other: 'http://10.0.0.5/', error: 'refused' },
  { what: 'a name of this machine', other: 'http://localhost:1/', error: 'refused' },
  { what: 'no address', other: 'shop', error: 'refused' },
  { what: 'another scheme', other: 'file:///etc/passwd', error: 'refused' },
])('$what is told in the words that flows have for it', async ({ path = '', other, error }) => {
  const { status, json } = await trying({ method: 'GET', url: other ?? `${url}${path}`, timeoutMs: 300 })
  expect([status, json.error]).toEqual([200, error])
  expect(json.message).toEqual(expect.any(String))
})
