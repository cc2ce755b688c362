import { Buffer } from 'node:buffer'
import { type OutboundMt, TransportError } from '@textloom/core'
import {
  concatElement,
  encodeGsm7,
  encodeText,
  encodeUdh,
  fillBitsAfterUdh,
  fitsCharset,
  type InformationElement,
  type NationalLanguage,
  type NationalSegmentation,
  nationalAlphabet,
  nationalElements,
  packSeptets,
  type SmscDefaultCharset,
  SmsError,
  segment,
  segmentNational,
} from '@textloom/sms'
import { type NumberType, toWireAddress } from './address.ts'
import type { SmppErrorCode } from './errors.ts'
import type { MessageFields, TlvValues } from './pdu/pdu.ts'
import { type SubmitTlvs, vendorTlvs } from './vendor-tlvs.ts'
import type { Request } from './window.ts'

/** What the settings of a link say about the MTs it sends. */
export interface SubmitSettings {
  readonly source: NumberType
  readonly destination: NumberType
  readonly dataCoding0: SmscDefaultCharset
  /** GSM 7-bit text goes as eight septets in seven octets. */
  readonly packedSeptets?: boolean
  readonly longMessages: LongMessages
  /** The languages whose national tables the network and its phones know. */
  readonly nationalTables: readonly NationalLanguage[]
  /** On every submit_sm beside our own. */
  readonly submitTlvs?: SubmitTlvs | undefined
}

/**
 * How the parts of a long message say that they are: by a UDH with a reference of 8 or 16 bits, by the sar_ TLVs, or not at
 * all, the whole text in one message_payload that the SMSC cuts.
 */
export type LongMessages = 'udh8' | 'udh16' | 'sar' | 'payload'

const UDH_INDICATOR = 0x40
const FINAL_RECEIPT = 1
const DATA_CODING = { smscDefault: 0, ucs2: 8 } as const

/**
 * The submit_sm requests that carry an MT, one per segment, in order. The text goes in the alphabet of data_coding 0 if
 * that has all its characters and GSM 7-bit has them too (the SMSC has to translate into it), in GSM 7-bit with national
 * tables where the link may use them and that is shorter, otherwise in UCS-2.
 *
 * @throws TransportError for a text of more segments than one message can have.
 */
export function submitRequests(mt: OutboundMt, settings: SubmitSettings): readonly Request<'submit_sm'>[] {
  const cut = cutFor(mt, settings)
  const data_coding = cut.encoding === 'ucs2' ? DATA_CODING.ucs2 : DATA_CODING.smscDefault
  const fields = { ...commonFields(mt, settings), data_coding }
  const extra = settings.submitTlvs && { unknown: vendorTlvs(mt, settings.submitTlvs) }
  if (cut.segments.length > 1 && settings.longMessages === 'payload') {
    // SMPP 3.4 §5.3.2.32: the text is in one place only.
    const whole = { ...fields, esm_class: 0, short_message: new Uint8Array() }
    return [
      { command: 'submit_sm', fields: whole, tlvs: { message_payload: octetsOf(mt.text, cut, settings), ...extra } },
    ]
  }
  return cut.segments.map(({ text }, index) => {
    const part = partOf(mt, index + 1, cut, settings)
    const header = part.elements.length > 0 ? encodeUdh(part.elements) : undefined
    const octets = octetsOf(text, cut, settings, header?.length)
    return {
      command: 'submit_sm',
      fields: {
        ...fields,
        esm_class: header ? UDH_INDICATOR : 0,
        short_message: header ? Buffer.concat([header, octets]) : octets,
      },
      ...(part.tlvs === undefined && extra === undefined ? {} : { tlvs: { ...part.tlvs, ...extra } }),
    }
  })
}

/** What tells a segment's place in a long message, and its tables. */
function partOf(
  { reference }: OutboundMt,
  sequence: number,
  { segments, national = {} }: NationalSegmentation,
  { longMessages }: SubmitSettings,
): { elements: readonly InformationElement[]; tlvs?: TlvValues } {
  const tables = nationalElements(national)
  const total = segments.length
  if (total === 1) return { elements: tables }
  if (longMessages === 'sar') {
    const tlvs = {
      sar_msg_ref_num: reference & 0xffff,
      sar_total_segments: total,
      sar_segment_seqnum: sequence,
    }
    return { elements: tables, tlvs }
  }
  const referenceBits = referenceBitsOf(longMessages)
  const place = { reference: reference & (referenceBits === 8 ? 0xff : 0xffff), referenceBits, total, sequence }
  return { elements: [concatElement(place), ...tables] }
}

/** The SMSC makes a UDH of the sar_ TLVs, of which nobody knows the size: there must be room for the larger one. */
function referenceBitsOf(longMessages: LongMessages): 8 | 16 {
  return longMessages === 'udh8' || longMessages === 'payload' ? 8 : 16
}

/** The octets of a text, behind a header of so many. */
function octetsOf(
  text: string,
  { encoding, national }: NationalSegmentation,
  { dataCoding0, packedSeptets = false }: SubmitSettings,
  headerOctets = 0,
): Uint8Array {
  if (encoding === 'ucs2') return encodeText(text, 'ucs2')
  const isGsm7 = national !== undefined || dataCoding0 === 'gsm7'
  const octets = national === undefined ? encodeText(text, dataCoding0) : encodeGsm7(text, nationalAlphabet(national))
  if (!packedSeptets || !isGsm7) return octets
  // SMPP tells the number of octets only: seven spare bits would be read as an @.
  return packSeptets(octets, headerOctets === 0 ? 0 : fillBitsAfterUdh(headerOctets), { padding: 'cr' })
}

function commonFields(mt: OutboundMt, settings: SubmitSettings): Partial<MessageFields> {
  const source = toWireAddress(mt.from, settings.source)
  const destination = toWireAddress(mt.to, settings.destination)
  return {
    source_addr_ton: source.ton,
    source_addr_npi: source.npi,
    source_addr: source.text,
    dest_addr_ton: destination.ton,
    dest_addr_npi: destination.npi,
    destination_addr: destination.text,
    registered_delivery: mt.wantsDlr ? FINAL_RECEIPT : 0,
    validity_period: mt.validityMs === undefined ? '' : relativeTime(mt.validityMs),
  }
}

function cutFor(mt: OutboundMt, settings: SubmitSettings): NationalSegmentation {
  const { dataCoding0, longMessages, nationalTables } = settings
  const referenceBits = referenceBitsOf(longMessages)
  try {
    // The SMSC that cuts a payload by itself knows no tables.
    if (dataCoding0 === 'gsm7' && nationalTables.length > 0 && longMessages !== 'payload') {
      return segmentNational(mt.text, { languages: nationalTables, referenceBits })
    }
    return segment(mt.text, { encoding: fitsCharset(mt.text, dataCoding0) ? 'auto' : 'ucs2', referenceBits })
  } catch (cause) {
    if (!(cause instanceof SmsError)) throw cause
    const code: SmppErrorCode = 'smpp/too-many-segments'
    throw new TransportError(code, `MT ${mt.key} cannot be sent: ${cause.message}`, { retry: 'never', cause })
  }
}

const SECOND_MS = 1000
const unitsOfTime = [
  { seconds: 365 * 86_400, max: 99 },
  { seconds: 30 * 86_400, max: 12 },
  { seconds: 86_400, max: 30 },
  { seconds: 3600, max: 23 },
  { seconds: 60, max: 59 },
  { seconds: 1, max: 59 },
] as const

/** A duration as SMPP's relative time `YYMMDDhhmmss000R` (SMPP 3.4 §7.1.1.2): at least a second, at most 99 years. */
export function relativeTime(durationMs: number): string {
  let seconds = Math.max(1, Math.floor(durationMs / SECOND_MS))
  const digits = unitsOfTime.map((unit) => {
    const count = Math.min(Math.floor(seconds / unit.seconds), unit.max)
    seconds -= count * unit.seconds
    return String(count).padStart(2, '0')
  })
  return `${digits.join('')}000R`
}
