import { createHash, createHmac } from 'node:crypto'
import type { Random } from '@textloom/core'

/** Makes numbers of a seed. */
export type RandomOf = (seed: string) => Random

/**
 * The same numbers for the same seed, so that a turn that is computed again after a conflict comes out the same; but
 * others on every instance: tokens of links are made of them, and must not be guessed by who knows a message's id.
 */
export function keyedRandom(secret: string | Uint8Array): RandomOf {
  const key = createHash('sha256').update('textloom random').update(secret).digest()
  return (seed) => {
    let draws = 0
    return () => {
      const digest = createHmac('sha256', key).update(`${seed}\0${draws++}`).digest()
      // 53 bits, all that a number in [0, 1) can have.
      return (digest.readUIntBE(0, 6) * 2 ** 5 + (digest.readUInt8(6) >>> 3)) / 2 ** 53
    }
  }
}
