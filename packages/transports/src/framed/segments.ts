import { type OutboundMt, TransportError } from '@textloom/core'
import { concatElement, encodeText, encodeUdh, fitsCharset, SmsError, segment } from '@textloom/sms'
import type { FramedErrorName } from './errors.ts'

/** A segment whose header stands in a field of its own. */
export interface HeadedSegment {
  readonly alphabet: 'gsm7' | 'ucs2'
  /** With its length octet; absent for a text of one segment. */
  readonly udh?: Uint8Array
  /** One character per octet for `gsm7`, in the charset that was asked for. */
  readonly octets: Uint8Array
}

/**
 * The segments of a text: where the charset and GSM 7-bit have all its characters, in that charset (the SMSC has to
 * translate into GSM 7-bit), otherwise in UCS-2.
 *
 * @param kind of the link, for the code of the error
 * @throws TransportError for a text of more segments than one message can have
 */
export function headedSegments(
  { key, text, reference }: Pick<OutboundMt, 'key' | 'text' | 'reference'>,
  kind: string,
  { referenceBits = 8, charset = 'gsm7' }: { referenceBits?: 8 | 16; charset?: 'gsm7' | 'ascii' } = {},
): readonly HeadedSegment[] {
  try {
    const { encoding, segments } = segment(text, {
      encoding: fitsCharset(text, charset) ? 'auto' : 'ucs2',
      referenceBits,
    })
    const total = segments.length
    const mask = referenceBits === 8 ? 0xff : 0xffff
    return segments.map(({ text: part }, index) => {
      const octets = encodeText(part, encoding === 'ucs2' ? 'ucs2' : charset)
      if (total === 1) return { alphabet: encoding, octets }
      const place = { reference: reference & mask, referenceBits, total, sequence: index + 1 }
      return { alphabet: encoding, udh: encodeUdh([concatElement(place)]), octets }
    })
  } catch (cause) {
    if (!(cause instanceof SmsError)) throw cause
    const name: FramedErrorName = 'too-many-segments'
    throw new TransportError(`${kind}/${name}`, `MT ${key} cannot be sent: ${cause.message}`, { retry: 'never', cause })
  }
}
