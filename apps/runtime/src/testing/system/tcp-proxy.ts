import { connect, createServer, type Socket } from 'node:net'

/** Stands between the runtime and a server, and can be as bad as a network. */
export interface TcpProxy {
  readonly port: number
  /** The server is gone: connections break, new ones are refused. */
  cut(): Promise<void>
  /** Requests still arrive, and answers get lost on their way. */
  loseAnswers(): void
  /** All is well again. */
  restore(): Promise<void>
  close(): Promise<void>
}

/** Passes connections on to a port of this machine. */
export async function proxyTo(port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let losesAnswers = false
  const server = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port })
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (octets) => losesAnswers || client.write(octets))
  })
  const listen = (on: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen(on, '127.0.0.1', () => {
        server.off('error', reject)
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : on)
      })
    })
  const own = await listen(0)
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    if (server.listening) await closed
  }
  return {
    port: own,
    cut,
    loseAnswers() {
      losesAnswers = true
    },
    async restore() {
      losesAnswers = false
      if (!server.listening) await listen(own)
    },
    close: cut,
  }
}
