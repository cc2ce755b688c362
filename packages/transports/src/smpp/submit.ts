import { Buffer } from 'node:buffer'
import { type OutboundMt, TransportError } from '@textloom/core'
import {
  concatElement,
  encodeText,
  encodeUdh,
  fitsCharset,
  type Segmentation,
  type SmscDefaultCharset,
  SmsError,
  segment,
} from '@textloom/sms'
import { type NumberType, toWireAddress } from './address.ts'
import type { SmppErrorCode } from './errors.ts'
import type { MessageFields } from './pdu/pdu.ts'
import type { Request } from './window.ts'

/** What the settings of a link say about the MTs it sends. */
export interface SubmitSettings {
  readonly source: NumberType
  readonly destination: NumberType
  readonly dataCoding0: SmscDefaultCharset
  readonly referenceBits: 8 | 16
}

const UDH_INDICATOR = 0x40
const FINAL_RECEIPT = 1
const DATA_CODING = { smscDefault: 0, ucs2: 8 } as const

/**
 * The submit_sm requests that carry an MT, one per segment, in order. The text goes in the alphabet of data_coding 0 if
 * that has all its characters and GSM 7-bit has them too (the SMSC has to translate into it), otherwise in UCS-2.
 *
 * @throws TransportError for a text of more segments than one message can have.
 */
export function submitRequests(mt: OutboundMt, settings: SubmitSettings): readonly Request<'submit_sm'>[] {
  const { encoding, segments } = cut(mt, settings)
  const charset = encoding === 'ucs2' ? 'ucs2' : settings.dataCoding0
  const common = commonFields(mt, settings)
  const reference = settings.referenceBits === 8 ? mt.reference & 0xff : mt.reference & 0xffff
  return segments.map(({ text }, index) => {
    const octets = encodeText(text, charset)
    const concatenation = {
      reference,
      referenceBits: settings.referenceBits,
      total: segments.length,
      sequence: index + 1,
    }
    const isPart = segments.length > 1
    const fields: Partial<MessageFields> = {
      ...common,
      esm_class: isPart ? UDH_INDICATOR : 0,
      data_coding: charset === 'ucs2' ? DATA_CODING.ucs2 : DATA_CODING.smscDefault,
      short_message: isPart ? Buffer.concat([encodeUdh([concatElement(concatenation)]), octets]) : octets,
    }
    return { command: 'submit_sm', fields }
  })
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

function cut(mt: OutboundMt, { dataCoding0, referenceBits }: SubmitSettings): Segmentation {
  const encoding = fitsCharset(mt.text, dataCoding0) ? 'auto' : 'ucs2'
  try {
    return segment(mt.text, { encoding, referenceBits })
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
