import type { Address } from '@textloom/core'

/** Type of number (SMPP 3.4 §5.2.5). */
const TON = { unknown: 0, international: 1, national: 2, alphanumeric: 5 } as const
/** Numbering plan indicator (SMPP 3.4 §5.2.6). */
const NPI = { unknown: 0, isdn: 1 } as const

/** An address as SMPP carries it. */
export interface WireAddress {
  readonly ton: number
  readonly npi: number
  readonly text: string
}

/** TON and NPI of a link's settings; absent: the address tells. */
export interface NumberType {
  readonly ton?: number | undefined
  readonly npi?: number | undefined
}

// E.164 has no international number of fewer digits: SMSCs that send short codes with TON 1 mean short codes.
const SHORTEST_INTERNATIONAL_DIGITS = 7

/** The wire form of an address: `+digits` is international, other digits are of no told type, a word is alphanumeric. */
export function toWireAddress(address: Address, given: NumberType = {}): WireAddress {
  const text = address.startsWith('+') ? address.slice(1) : address
  const told =
    text !== address
      ? { ton: TON.international, npi: NPI.isdn }
      : /^[\d*#]+$/.test(text)
        ? { ton: TON.unknown, npi: NPI.isdn }
        : { ton: TON.alphanumeric, npi: NPI.unknown }
  return { ton: given.ton ?? told.ton, npi: given.npi ?? told.npi, text }
}

/**
 * The address of a wire form (CONTRACT §2): `+digits` if it is international by its TON or its spelling; anything else as
 * it came, for only the host knows the country of a national number.
 */
export function fromWireAddress(ton: number, text: string): Address {
  const spelled = /^(?:\+|00)(\d+)$/.exec(text)?.[1]
  if (spelled !== undefined) return `+${spelled}`
  const isInternational = ton === TON.international && /^\d+$/.test(text)
  return isInternational && text.length >= SHORTEST_INTERNATIONAL_DIGITS ? `+${text}` : text
}
