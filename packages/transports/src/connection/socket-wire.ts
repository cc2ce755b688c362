import { Buffer } from 'node:buffer'
import type { Duplex } from 'node:stream'
import type { Wire } from './wire.ts'

/** What a wire needs of a socket of node:net or node:tls. */
interface Socket extends Duplex {
  readonly connecting: boolean
  setNoDelay(isOn: boolean): this
}

/** Octets a peer may leave unread before the connection is given up. */
const MAX_UNREAD_OCTETS = 16 * 1024 * 1024
/** How long a peer may keep its half open after ours is closed. */
const LINGER_MS = 1_000

/** A socket as a wire, for either end. PDUs written in one go leave in one packet, and no packet waits (TCP_NODELAY). */
export function socketWire(
  socket: Socket,
  calls: { onOctets(octets: Buffer): void; onLost(message: string): void },
): Wire {
  let problem: string | undefined
  /** What leaves at the end of this turn: one buffer costs far less than a list of small ones. */
  let pending: Buffer[] = []
  const flush = () => {
    const [first] = pending
    if (first === undefined) return
    const octets = pending.length === 1 ? first : Buffer.concat(pending)
    pending = []
    if (!socket.destroyed) socket.write(octets)
  }
  socket.setNoDelay(true)
  socket.on('data', calls.onOctets)
  socket.on('error', (error: Error & { code?: string }) => {
    // An attempt at several addresses has no message of its own, only a code.
    problem = error.message || error.code
  })
  socket.once('close', () => {
    calls.onLost(problem === undefined ? 'The peer closed the connection.' : `The connection failed: ${problem}.`)
  })
  return {
    write(octets) {
      if (socket.destroyed || socket.writableEnded) return
      if (socket.writableLength > MAX_UNREAD_OCTETS) {
        socket.destroy(new Error(`the peer has left ${MAX_UNREAD_OCTETS} octets unread`))
        return
      }
      if (pending.length === 0) process.nextTick(flush)
      pending.push(octets)
    },
    close() {
      if (socket.connecting) {
        socket.destroy()
        return
      }
      flush()
      socket.end()
      setTimeout(() => socket.destroy(), LINGER_MS).unref()
    },
  }
}
