import type { Clock, Ids } from '@textloom/core'
import { UUID, V7Generator } from 'uuidv7'

/** UUIDv7 by the host's clock: public ids, and the order of lists. */
export function uuidsBy(clock: Clock): Ids {
  const generator = new V7Generator()
  return { next: () => generator.generateOrResetWithTs(clock.now()).toString() }
}

/** The smallest UUIDv7 of a millisecond: rows made since then have a greater or equal id. */
export function firstIdAt(epochMs: number): string {
  return UUID.fromFieldsV7(epochMs, 0, 0, 0).toString()
}
