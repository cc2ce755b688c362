import { type OutboundMt, TransportError } from '@textloom/core'
import {
  concatElement,
  encodeGsm7,
  encodeServiceCentre,
  encodeSubmit,
  encodeUcs2,
  nationalAlphabet,
  nationalElements,
  SmsError,
  segmentNational,
  tpduAddress,
} from '@textloom/sms'
import type { SerialConfig } from './config.ts'
import type { SerialErrorCode } from './errors.ts'

/** A segment as `AT+CMGS` takes it. */
export interface ModemSegment {
  /** The length of the TPDU without the service centre, which is what the command names. */
  readonly lengthOctets: number
  /** Hex digits of the service centre and the TPDU. */
  readonly pdu: string
}

/**
 * The segments of an MT as SMS-SUBMIT. The modem takes the service centre of the SIM, and numbers them itself.
 *
 * @throws TransportError for a text of more segments than one message can have, or an address that no TPDU can carry
 */
export function modemSegments(
  mt: OutboundMt,
  { longMessages, nationalTables }: Pick<SerialConfig, 'longMessages' | 'nationalTables'>,
): readonly ModemSegment[] {
  const referenceBits = longMessages === 'udh8' ? 8 : 16
  const reference = mt.reference & (referenceBits === 8 ? 0xff : 0xffff)
  try {
    const cut = segmentNational(mt.text, { languages: nationalTables, referenceBits })
    const total = cut.segments.length
    return cut.segments.map(({ text }, index) => {
      const part = total === 1 ? [] : [concatElement({ reference, referenceBits, total, sequence: index + 1 })]
      const tpdu = encodeSubmit({
        destination: tpduAddress(mt.to),
        elements: [...part, ...nationalElements(cut.national ?? {})],
        alphabet: cut.encoding,
        octets: cut.encoding === 'ucs2' ? encodeUcs2(text) : encodeGsm7(text, nationalAlphabet(cut.national ?? {})),
        wantsReport: mt.wantsDlr,
        ...(mt.validityMs === undefined ? {} : { validityMs: mt.validityMs }),
      })
      return { lengthOctets: tpdu.length, pdu: hex(Uint8Array.of(...encodeServiceCentre(undefined), ...tpdu)) }
    })
  } catch (cause) {
    if (!(cause instanceof SmsError)) throw cause
    const code: SerialErrorCode =
      cause.code === 'sms/bad-address' ? 'serial/unencodable-address' : 'serial/too-many-segments'
    throw new TransportError(code, `MT ${mt.key} cannot be sent: ${cause.message}`, { retry: 'never', cause })
  }
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex').toUpperCase()
}
