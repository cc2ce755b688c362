import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SERVERS_ADDRESS } from './ask-shared-server.ts'
import { type RunningServer, startServer } from './test-engines.ts'

/*
 * Starting PostgreSQL takes a second or two, and half a hundred test files want one. So the process that conducts a test
 * run starts each engine once, when the first test file asks, and answers its URL; every file makes databases of its own
 * there. It is asked over HTTP because test files run in processes of their own. Without Vitest (in benchmarks) nobody
 * answers, and whoever needs a server starts one.
 */

/** The `globalSetup` of vitest.config.ts. */
export async function setup(): Promise<() => Promise<void>> {
  const started = new Map<string, Promise<RunningServer>>()
  const start = (engine: 'embedded' | 'server') => {
    const server = started.get(engine) ?? startServer(engine)
    started.set(engine, server)
    return server
  }
  const desk = createServer((request, response) => {
    start(request.url === '/server' ? 'server' : 'embedded').then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve))
  process.env[SERVERS_ADDRESS] = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`
  return async () => {
    desk.close()
    const servers = await Promise.allSettled(started.values())
    await Promise.all(servers.map((server) => server.status === 'fulfilled' && server.value.stop()))
  }
}
