import { SmsError } from './errors.ts'

const CR = 0x0d

/** How {@link packSeptets} fills the bits after the last septet. */
export interface PackOptions {
  /**
   * `'zero'`: zero bits, for the user data of SMS, whose length field counts septets (3GPP TS 23.038 §6.1.2.1).
   * `'cr'`: where seven spare bits would read as `@`, a CR fills them, for USSD and other places that tell only the
   * number of octets (§6.1.2.3.1).
   */
  readonly padding?: 'zero' | 'cr'
}

/**
 * Packs septets into octets, lowest bit first (3GPP TS 23.038 §6.1.2.1.1).
 *
 * @param septets one septet per octet; the high bit is ignored.
 * @param fillBits 0 to 7 zero bits before the first septet, so that text after a user data header begins on a septet
 * boundary; `fillBitsAfterUdh` tells how many.
 */
export function packSeptets(
  septets: Uint8Array,
  fillBits = 0,
  { padding = 'zero' }: PackOptions = {},
): Uint8Array<ArrayBuffer> {
  const endBit = fillBits + septets.length * 7
  const extra = padding === 'cr' ? closingCrs(septets, endBit) : 0
  const octets = new Uint8Array(Math.ceil((endBit + extra * 7) / 8))
  let pending = 0
  let pendingBits = fillBits
  let at = 0
  for (let index = 0; index < septets.length + extra; index++) {
    pending |= ((septets[index] ?? CR) & 0x7f) << pendingBits
    pendingBits += 7
    if (pendingBits >= 8) {
      octets[at++] = pending
      pending >>>= 8
      pendingBits -= 8
    }
  }
  if (pendingBits > 0) octets[at] = pending
  return octets
}

/**
 * Unpacks octets into septets, one per octet of the result.
 *
 * @param count the number of septets, when it is known (TP-UDL less the septets of the header). Without it as many as
 * fit are read, but a last `@` or CR that fills exactly the seven spare bits is taken for the padding it nearly always
 * is: that is how a spurious trailing `@` gets into texts.
 * @param fillBits 0 to 7 bits to skip before the first septet.
 * @throws SmsError `sms/septets-truncated` when the octets hold fewer than `count` septets.
 */
export function unpackSeptets(octets: Uint8Array, count?: number, fillBits = 0): Uint8Array<ArrayBuffer> {
  const capacity = Math.max(0, Math.floor((octets.length * 8 - fillBits) / 7))
  if (count !== undefined && count > capacity) {
    throw new SmsError(
      'sms/septets-truncated',
      `${count} septets after ${fillBits} fill bits need ${Math.ceil((count * 7 + fillBits) / 8)} octets, ` +
        `there are ${octets.length}. The length field or the octets are wrong.`,
      { octetOffset: octets.length },
    )
  }
  const septets = new Uint8Array(count ?? capacity)
  for (let index = 0, bit = fillBits; index < septets.length; index++, bit += 7) {
    const octet = bit >>> 3
    septets[index] = (((octets[octet] ?? 0) | ((octets[octet + 1] ?? 0) << 8)) >>> (bit & 7)) & 0x7f
  }
  return count === undefined ? withoutPadding(septets, octets.length * 8 - fillBits) : septets
}

// §6.1.2.3.1: a CR fills seven spare bits; a wanted CR that ends on an octet boundary is doubled, for the receiver
// takes a CR there for padding.
function closingCrs(septets: Uint8Array, endBit: number): number {
  const spareBits = (8 - (endBit % 8)) % 8
  if (spareBits === 7) return 1
  return spareBits === 0 && septets.at(-1) === CR ? 1 : 0
}

function withoutPadding(septets: Uint8Array<ArrayBuffer>, availableBits: number): Uint8Array<ArrayBuffer> {
  const last = septets.at(-1)
  const mayBePadding = availableBits % 7 === 0 && (last === 0 || last === CR)
  return mayBePadding ? septets.subarray(0, -1) : septets
}
