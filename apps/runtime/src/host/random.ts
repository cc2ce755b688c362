import { createHash } from 'node:crypto'
import type { Random } from '@textloom/core'

/** The same numbers for the same seed: a turn that is computed again after a conflict comes out the same. */
export function seededRandom(seed: string): Random {
  let draws = 0
  return () => {
    const digest = createHash('sha256').update(`${seed}\0${draws++}`).digest()
    return digest.readUInt32BE() / 2 ** 32
  }
}
