import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import {
  guardedFetch,
  MOST_ANSWER_OCTETS,
  type OutgoingAnswer,
  type OutgoingError,
  parseAllowance,
} from './guarded-fetch.ts'

const servers: Server[] = []
let hits = 0

async function serverWith(answer: RequestListener): Promise<number> {
  const server = createServer((request, response) => {
    hits += 1
    answer(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

afterEach(async () => {
  hits = 0
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function get(url: string, allow: readonly string[], timeoutMs = 2_000): Promise<OutgoingAnswer> {
  const guarded = guardedFetch(allow)
  try {
    return await guarded.fetch({ method: 'GET', url, headers: {}, timeoutMs })
  } finally {
    await guarded.close()
  }
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: OutgoingError) => error.kind,
  )

describe('a private address', () => {
  test.each([
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0:PORT/',
    'http://localhost:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://１２７.０.０.１:PORT/',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.5/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://[fd00::5]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
  ])('is refused as %s, and nothing is sent', async (url) => {
    const port = await serverWith((_, response) => response.end('secret'))
    expect(await refusal(get(url.replace('PORT', String(port)), []))).toBe('refused')
    expect(hits).toBe(0)
  })

  test('is named in the refusal, with the setting that allows it', async () => {
    await expect(get('http://127.0.0.1:9/', [])).rejects.toThrow(/127\.0\.0\.1:9 .*TEXTLOOM_ALLOW_PRIVATE/)
  })

  test.each(['127.0.0.1:PORT', '127.0.0.0/8'])('is reached where %s is allowed', async (allow) => {
    const port = await serverWith((_, response) => response.end('hello'))
    const answer = await get(`http://127.0.0.1:${port}/`, [allow.replace('PORT', String(port))])
    expect(answer).toMatchObject({ status: 200, text: 'hello' })
  })

  test('stays refused on another port than the one allowed', async () => {
    const port = await serverWith((_, response) => response.end('secret'))
    expect(await refusal(get(`http://127.0.0.1:${port}/`, [`127.0.0.1:${port + 1}`]))).toBe('refused')
  })
})

test.each([
  'file:///etc/passwd',
  'ftp://example.com/',
  'javascript:alert(1)',
  'not a url',
  'http://user:pw@example.com/',
])('an address like %s is refused', async (url) => {
  expect(await refusal(get(url, []))).toBe('refused')
})

describe('a server', () => {
  const reach = async (answer: RequestListener, timeoutMs?: number) => {
    const port = await serverWith(answer)
    return get(`http://127.0.0.1:${port}/`, ['127.0.0.0/8'], timeoutMs)
  }

  test('that redirects is not followed', async () => {
    const target = await serverWith((_, response) => response.end('target'))
    const answer = await reach((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${target}/` }).end(),
    )
    expect(answer.status).toBe(302)
    expect(hits).toBe(1)
  })

  test('that answers without end is cut off', async () => {
    const endless = reach((_, response) => {
      const more = () => response.write('x'.repeat(65_536), () => setImmediate(more))
      more()
    })
    await expect(endless).rejects.toThrow(`larger than ${MOST_ANSWER_OCTETS}`)
  })

  test('that does not answer is given up in time', async () => {
    const startedAtMs = performance.now()
    expect(await refusal(reach(() => undefined, 300))).toBe('timeout')
    expect(performance.now() - startedAtMs).toBeLessThan(2_000)
  })

  test('that answers drop by drop is given up in time', async () => {
    const drops = reach((_, response) => {
      const timer = setInterval(() => response.write('.'), 50)
      response.on('close', () => clearInterval(timer))
    }, 400)
    expect(await refusal(drops)).toBe('timeout')
  })

  test('that hangs up is a failure of the network', async () => {
    expect(await refusal(reach((request) => request.socket.destroy()))).toBe('network')
  })

  test('that is not there is a failure of the network', async () => {
    const port = await serverWith(() => undefined)
    await new Promise((resolve) => servers.pop()?.close(resolve))
    expect(await refusal(get(`http://127.0.0.1:${port}/`, ['127.0.0.0/8']))).toBe('network')
  })
})

describe('an entry of TEXTLOOM_ALLOW_PRIVATE', () => {
  test.each([
    { entry: 'Hooks.internal:8080', read: { hostname: 'hooks.internal', port: 8080 } },
    { entry: '[::1]:3000', read: { hostname: '::1', port: 3000 } },
  ])('$entry is a host and a port', ({ entry, read }) => {
    expect(parseAllowance(entry)).toEqual(read)
  })

  test.each(['10.0.0.1', 'host', 'host:99999', '10.0.0.0/99', '::1:3000'])('%s is refused', (entry) => {
    expect(() => parseAllowance(entry)).toThrow(`"${entry}" is neither host:port nor a CIDR`)
  })
})
