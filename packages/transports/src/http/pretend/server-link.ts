import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { InboundRequest } from '../inbound/exchange.ts'

/** What a server answers; `drop` breaks the connection instead. */
export type ServerAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'drop'

/** A small HTTP server on 127.0.0.1, for the other side of a link. */
export interface PretendServer {
  readonly port: number
  /** How many connections were ever made. */
  connections(): number
  stop(): Promise<void>
}

/** Starts a server that hands every request over whole. Port 0: the system chooses. */
export async function pretendServer(
  answer: (request: InboundRequest) => Promise<ServerAnswer>,
  port = 0,
): Promise<PretendServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const answered = await answer({
        method: request.method ?? '',
        url: `http://${request.headers.host}${request.url}`,
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        body: Buffer.concat(chunks),
      })
      if (answered === 'drop') return request.socket.destroy()
      response.writeHead(answered.status, answered.headers)
      response.end(answered.body)
    })
  })
  server.on('connection', (socket) => {
    connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
