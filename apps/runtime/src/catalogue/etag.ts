import { createHash } from 'node:crypto'

/** The strong entity tag of a canonical document (RFC 9110 §8.8.3), quotes included: same octets, same tag. */
export function etagOf(document: string): string {
  return `"${createHash('sha256').update(document).digest('base64url').slice(0, 27)}"`
}
