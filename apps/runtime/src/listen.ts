import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { ListenError } from './listen-error.ts'

/** An HTTP server that answers. */
export interface Listening {
  /** Where it is reached from this machine: the address that it really listens on. */
  readonly url: string
  /** Takes no more connections, lets answers end for at most `graceMs`, then closes what is left. */
  close(graceMs: number): Promise<void>
}

/**
 * Serves on an address and port.
 * @throws ListenError
 */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  // An HTTP/1 server: no other is asked for.
  const server = createAdaptorServer({ fetch }) as Server
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: Error) => reject(new ListenError(cause, { host, port }))
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      resolve()
    })
  })
  return {
    url: urlOf(server.address() as AddressInfo),
    async close(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const timer = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearTimeout(timer)
    },
  }
}

function urlOf({ address, family, port }: AddressInfo): string {
  const anywhere = { '0.0.0.0': '127.0.0.1', '::': '127.0.0.1' }[address] ?? address
  return `http://${family === 'IPv6' && anywhere === address ? `[${anywhere}]` : anywhere}:${port}`
}
