import { createHash } from 'node:crypto'

/** Networks put `+36`, `06` or nothing before a number; these digits stay. */
const TELLING_DIGITS = 8

/**
 * What stands for a recipient in ids of messages that the wire names by their recipient: the same however the number is
 * spelled, and a hash, since ids stand in logs.
 */
export function recipientMark(phone: string): string {
  const digits = phone.replace(/\D/g, '').slice(-TELLING_DIGITS)
  return createHash('sha256').update(digits).digest('base64url').slice(0, 11)
}
