import { type OutboundMt, TransportError } from '@textloom/core'
import {
  concatElement,
  encodeGsm7,
  encodeText,
  encodeUdh,
  fitsCharset,
  type NationalLanguage,
  type NationalSegmentation,
  nationalAlphabet,
  nationalElements,
  SmsError,
  segment,
  segmentNational,
} from '@textloom/sms'
import type { FramedErrorName } from './errors.ts'

/** A segment whose header stands in a field of its own. */
export interface HeadedSegment {
  readonly alphabet: 'gsm7' | 'ucs2'
  /** With its length octet; absent for a text of one segment that needs no national table. */
  readonly udh?: Uint8Array
  /** One character per octet for `gsm7`, in the charset that was asked for, or by the national tables of the header. */
  readonly octets: Uint8Array
}

/** How a text is cut. */
export interface SegmentOptions {
  readonly referenceBits?: 8 | 16
  readonly charset?: 'gsm7' | 'ascii'
  /** Languages whose tables the network and its phones know; only characters of GSM 7-bit can stand for theirs. */
  readonly nationalTables?: readonly NationalLanguage[]
}

/**
 * The segments of a text: where the charset and GSM 7-bit have all its characters, in that charset (the SMSC has to
 * translate into GSM 7-bit), otherwise in UCS-2, or by a national table where that takes fewer segments.
 *
 * @param kind of the link, for the code of the error
 * @throws TransportError for a text of more segments than one message can have
 */
export function headedSegments(
  { key, text, reference }: Pick<OutboundMt, 'key' | 'text' | 'reference'>,
  kind: string,
  options: SegmentOptions = {},
): readonly HeadedSegment[] {
  try {
    const { referenceBits = 8, charset = 'gsm7' } = options
    const { encoding, segments, national } = cut(text, options)
    const tables = nationalElements(national ?? {})
    const total = segments.length
    const mask = referenceBits === 8 ? 0xff : 0xffff
    return segments.map(({ text: part }, index) => {
      const octets =
        national === undefined
          ? encodeText(part, encoding === 'ucs2' ? 'ucs2' : charset)
          : encodeGsm7(part, nationalAlphabet(national))
      const place = { reference: reference & mask, referenceBits, total, sequence: index + 1 }
      const elements = [...(total === 1 ? [] : [concatElement(place)]), ...tables]
      return { alphabet: encoding, ...(elements.length === 0 ? {} : { udh: encodeUdh(elements) }), octets }
    })
  } catch (cause) {
    if (!(cause instanceof SmsError)) throw cause
    const name: FramedErrorName = 'too-many-segments'
    throw new TransportError(`${kind}/${name}`, `MT ${key} cannot be sent: ${cause.message}`, { retry: 'never', cause })
  }
}

function cut(
  text: string,
  { referenceBits = 8, charset = 'gsm7', nationalTables = [] }: SegmentOptions,
): NationalSegmentation {
  if (charset === 'gsm7' && nationalTables.length > 0) {
    return segmentNational(text, { languages: nationalTables, referenceBits })
  }
  return segment(text, { encoding: fitsCharset(text, charset) ? 'auto' : 'ucs2', referenceBits })
}
