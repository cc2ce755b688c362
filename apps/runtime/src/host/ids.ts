import type { Clock, Ids } from '@textloom/core'
import { UUID, V7Generator } from 'uuidv7'

/** UUIDv7 by the host's clock: public ids, and the order of lists. */
export function uuidsBy(clock: Clock): Ids {
  const generator = new V7Generator({ nextUint32: randomWords() })
  return { next: () => generator.generateOrResetWithTs(clock.now()).toString() }
}

/** Random words from the system's source, fetched many at a time: each call to it costs more than the words. */
function randomWords(): () => number {
  const words = new Uint32Array(1_024)
  let next = words.length
  return () => {
    if (next === words.length) {
      crypto.getRandomValues(words)
      next = 0
    }
    return words[next++] ?? 0
  }
}

/** The smallest UUIDv7 of a millisecond: rows made since then have a greater or equal id. */
export function firstIdAt(epochMs: number): string {
  return UUID.fromFieldsV7(epochMs, 0, 0, 0).toString()
}

/** When a UUIDv7 was made, epoch milliseconds: its first 48 bits (RFC 9562 §5.7). */
export function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}
