import type { Address } from '@textloom/core'
import { encodeGsm7, isGsm7 } from '@textloom/sms'
import { FrameError } from '../framed/frame.ts'
import type { Cimd2Parameter } from './frame.ts'
import { P } from './operations.ts'
import { encodeUserData } from './user-data.ts'

const MAX_DIGITS = 20
const MAX_CHARACTERS = 11

/** The parameter for a recipient. @throws FrameError */
export function toRecipient(address: Address): Cimd2Parameter {
  if (/^\+?\d+$/.test(address) && address.length <= MAX_DIGITS) return [P.destination, address]
  throw new FrameError(`the destination address takes at most ${MAX_DIGITS} digits`)
}

/**
 * The parameter for a sender, if there is anything to say: an SMSC that puts the number of the connection first gets what
 * comes behind it.
 *
 * @throws FrameError
 */
export function toSender(address: Address, prefix: string): readonly Cimd2Parameter[] {
  if (/^\+?\d+$/.test(address)) {
    const rest = prefix !== '' && address.startsWith(prefix) ? address.slice(prefix.length) : address
    if (rest.length > MAX_DIGITS) throw new FrameError(`the originating address takes at most ${MAX_DIGITS} digits`)
    return rest === '' ? [] : [[P.originator, rest]]
  }
  if (!isGsm7(address) || address === '') throw new FrameError('a sender that is a word takes characters of GSM 7-bit')
  const septets = encodeGsm7(address)
  if (septets.length > MAX_CHARACTERS) throw new FrameError(`a sender that is a word has ${MAX_CHARACTERS} characters`)
  return [[P.alphanumericOriginator, encodeUserData(septets)]]
}
