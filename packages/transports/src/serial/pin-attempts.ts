import { createHash } from 'node:crypto'
import type { LinkMemory } from '@textloom/core'

/** What is remembered of a PIN at a modem: a SIM locks itself at the third wrong one, also over restarts. */
export interface PinAttempts {
  /** Why the PIN must not be tried any more; undefined while it may. */
  objection(): Promise<string | undefined>
  /** It is about to be tried: to be kept first, since nobody may live to hear the answer. */
  begins(): Promise<void>
  refused(): Promise<void>
  /** It was right. */
  accepted(): Promise<void>
}

/** Attempts whose answer never came: one is left of the three that the SIM gives. */
const MOST_UNANSWERED = 2
const REFUSED = 'refused'

/**
 * The attempts of one PIN at one device. They are kept under a hash of both: another PIN, or another modem, begins anew.
 * Without a memory they last as long as the link.
 */
export function pinAttempts(path: string, pin: string, memory: LinkMemory): PinAttempts {
  const name = `pin:${createHash('sha256')
    .update(JSON.stringify([path, pin]))
    .digest('base64url')
    .slice(0, 22)}`
  const unanswered = async () => Number((await memory.recall(name)) ?? 0)
  return {
    async objection() {
      const known = await memory.recall(name)
      if (known === REFUSED) return 'The PIN was refused and is not tried again: correct pin of the link.'
      if (Number(known ?? 0) < MOST_UNANSWERED) return undefined
      return 'The PIN was tried twice and the modem vanished each time. Unlock the SIM in a phone, or switch its PIN off.'
    },
    begins: async () => memory.keep(name, String((await unanswered()) + 1)),
    refused: () => memory.keep(name, REFUSED),
    accepted: () => memory.keep(name, '0'),
  }
}

/** A memory that is gone with the process. */
export function shortMemory(): LinkMemory {
  const kept = new Map<string, string>()
  return { recall: async (name) => kept.get(name), keep: async (name, value) => void kept.set(name, value) }
}
