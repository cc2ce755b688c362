import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createViteServer } from 'vitest/node'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
  vi.unstubAllEnvs()
})

/** A runtime that answers with the headers it was asked with. */
async function echoingRuntime(): Promise<string> {
  const server = createServer((request, answer) => answer.end(JSON.stringify(request.headers)))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closing.push(() => new Promise((closed) => server.close(closed)))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('behind the proxy of npm run dev, the Host is that of the Origin: a page of its own is no other website', async () => {
  vi.stubEnv('RUNTIME_URL', await echoingRuntime())
  const { default: config } = await import('../apps/editor/vite.config.ts')
  const root = await mkdtemp(join(tmpdir(), 'textloom-dev-proxy-'))
  closing.push(() => rm(root, { recursive: true }))
  const vite = await createViteServer({
    root,
    configFile: false,
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true },
    server: { ...config.server, port: 0, ws: false },
  })
  closing.push(() => vite.close())
  await vite.listen()
  const origin = new URL(vite.resolvedUrls?.local[0] ?? '').origin
  const answer = await fetch(`${origin}/api/v1/sign-in`, { method: 'POST', headers: { origin } })
  expect(await answer.json()).toMatchObject({ origin, host: new URL(origin).host })
})
