import { createServer } from 'node:net'
import type { PretendModem } from './modem.ts'

/** Where a modem can be reached. */
export interface ListeningModem {
  readonly port: number
  close(): Promise<void>
}

/** Puts a modem behind a port of 127.0.0.1, as a terminal server does: who connects last has it. @throws Error */
export async function listenAsModem(modem: PretendModem, port: number): Promise<ListeningModem> {
  const server = createServer({ noDelay: true }, (socket) => modem.attach(socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async close() {
      modem.unplug()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
