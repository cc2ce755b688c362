import type { Address } from '@textloom/core'

// E.164 has no international number of fewer digits.
const SHORTEST_INTERNATIONAL_DIGITS = 7

/** How numbers without a prefix are meant, in frames that do not say it. */
export type BareNumbers = 'national' | 'international'

/**
 * The address of a number that has no type beside it: as it came unless its spelling says that it is international, for
 * only the host knows the country of a national number (CONTRACT §2), or the link knows better.
 */
export function fromNumber(text: string, bare: BareNumbers): Address {
  const spelled = /^(?:\+|00)(\d+)$/.exec(text)?.[1]
  if (spelled !== undefined) return `+${spelled}`
  const isInternational = bare === 'international' && /^\d+$/.test(text)
  return isInternational && text.length >= SHORTEST_INTERNATIONAL_DIGITS ? `+${text}` : text
}
