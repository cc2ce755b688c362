import { Buffer } from 'node:buffer'
import type { Timers } from '../timers.ts'

/** How TCP may hand over a stream: as written, in pieces of a few octets, or many PDUs in one. */
export type TcpShape = 'plain' | 'split' | 'join'

const JOIN_MS = 20
const PIECE_OCTETS = 7

/** A write that cuts or joins what goes through it, in order, for peers that must not care. */
export function tcpShape(
  shape: () => TcpShape,
  timers: Timers,
  write: (octets: Buffer) => void,
): (octets: Buffer) => void {
  let held = Buffer.alloc(0)
  let isScheduled = false
  const schedule = () => {
    isScheduled = true
    timers.after(shape() === 'split' ? 0 : JOIN_MS, () => {
      isScheduled = false
      // Each piece leaves in a turn of its own: what is written in one turn goes out in one packet.
      const piece = shape() === 'split' ? held.subarray(0, PIECE_OCTETS) : held
      held = held.subarray(piece.length)
      if (piece.length > 0) write(piece)
      if (held.length > 0) schedule()
    })
  }
  return (octets) => {
    if (shape() === 'plain' && held.length === 0) {
      write(octets)
      return
    }
    held = Buffer.concat([held, octets])
    if (!isScheduled) schedule()
  }
}
