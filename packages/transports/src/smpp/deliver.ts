import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { DlrState, Inbound, InboundDlr, InboundMo, InboundPart } from '@textloom/core'
import { finalDlrStates } from '@textloom/core'
import {
  type Concatenation,
  fillBitsAfterUdh,
  findConcatenation,
  parseReceiptText,
  receiptStateOf,
  type SmscDefaultCharset,
  smppTextCharset,
  unpackSeptets,
} from '@textloom/sms'
import { type Body, readText, readUdh } from '../message/body.ts'
import { fromWireAddress } from './address.ts'
import type { Pdu } from './pdu/pdu.ts'
import { type DeliverTlvs, namedTlvs } from './vendor-tlvs.ts'

/** The two requests by which an SMSC hands something over. */
export type DeliverPdu = Pdu<'deliver_sm' | 'data_sm'>

/** The requests that carry a text. */
type MessagePdu = Pdu<'submit_sm' | 'deliver_sm' | 'data_sm'>

/** What the link knows and the PDU does not say. */
export interface DeliverSettings {
  readonly dataCoding0: SmscDefaultCharset
  /** GSM 7-bit text of MOs comes as eight septets in seven octets; that of receipts is plain. */
  readonly packedSeptets?: boolean
  /** TLVs to be kept with an MO. */
  readonly deliverTlvs?: DeliverTlvs | undefined
  /** The id of the MO with this sequence number and fingerprint. */
  moId(sequence: number, fingerprint: string): string
}

/** Bits 5 to 2 of esm_class say what a deliver_sm is (SMPP 3.4 §5.2.12). */
const MESSAGE_TYPE = 0x3c
const RECEIPT = 0x04
const INTERMEDIATE_NOTIFICATION = 0x20
const UDH_INDICATOR = 0x40

/**
 * What a deliver_sm or data_sm brings: a receipt or an MO, as esm_class says. Receipts are also known by the TLVs that
 * only they have, for SMSCs forget the bit; their id is as the SMSC wrote it. Undefined for a receipt that does not say which message it is about.
 */
export function readDeliver(pdu: DeliverPdu, settings: DeliverSettings): Inbound | undefined {
  const type = pdu.fields.esm_class & MESSAGE_TYPE
  const isReceipt = type === RECEIPT || type === INTERMEDIATE_NOTIFICATION || hasReceiptTlvs(pdu)
  if (isReceipt) return readReceipt(pdu, settings)
  // Acknowledgements that the person or the handset makes may carry a text of the person (§5.2.12): an MO then.
  return (type === 0 ? undefined : readReceipt(pdu, settings)) ?? readMo(pdu, settings)
}

function hasReceiptTlvs({ tlvs }: DeliverPdu): boolean {
  return tlvs.receipted_message_id !== undefined && tlvs.message_state !== undefined
}

function readReceipt(pdu: DeliverPdu, settings: DeliverSettings): InboundDlr | undefined {
  const { tlvs } = pdu
  const { text = '' } = readBody(pdu, settings.dataCoding0)
  const written = parseReceiptText(text)
  const id = tlvs.receipted_message_id || written?.id
  if (id === undefined) return undefined
  const told = tlvs.message_state === undefined ? written?.state : receiptStateOf(tlvs.message_state)
  const error = written?.error ?? networkError(tlvs.network_error_code)
  return {
    type: 'dlr',
    providerId: id,
    state: stateOf(pdu, told ?? 'unknown'),
    ...(error === undefined ? {} : { error }),
    ...addresses(pdu),
  }
}

/** An intermediate notification is never the last word, whatever state it names (SMPP 3.4 §2.11). */
function stateOf({ fields }: DeliverPdu, state: DlrState): DlrState {
  const isIntermediate = (fields.esm_class & MESSAGE_TYPE) === INTERMEDIATE_NOTIFICATION
  return isIntermediate && finalDlrStates.has(state) ? 'enroute' : state
}

/** Network type and error number (SMPP 3.4 §5.3.2.31). */
function networkError(octets: Uint8Array | undefined): string | undefined {
  if (octets?.length !== 3) return undefined
  const [, high = 0, low = 0] = octets
  return String(high * 256 + low)
}

/** The MO that a deliver_sm or data_sm brings, or the submit_sm of a system that is bound to us. */
export function readMo(pdu: MessagePdu, settings: DeliverSettings): InboundMo {
  const { octets, text, charset, concatenation } = readBody(pdu, settings.dataCoding0, settings.packedSeptets)
  const fingerprint = fingerprintOf(pdu)
  const part: InboundPart | undefined = concatenation && {
    ...concatenation,
    encoding: charset ?? 'binary',
    octets,
  }
  const facts = settings.deliverTlvs && namedTlvs(pdu.tlvs, settings.deliverTlvs)
  return {
    type: 'mo',
    id: settings.moId(pdu.sequence, fingerprint),
    fingerprint,
    ...addresses(pdu),
    text: text ?? '',
    ...(text === undefined || text.includes('\ufffd') ? { rawHex: Buffer.from(octets).toString('hex') } : {}),
    ...(part === undefined ? {} : { part }),
    ...(facts === undefined ? {} : { facts }),
  }
}

/** Reads the text of a submit_sm, deliver_sm or data_sm: short_message or message_payload, UDH or SAR, by its data_coding. */
export function readBody(pdu: MessagePdu, dataCoding0: SmscDefaultCharset, isPacked = false): Body {
  const { fields, tlvs } = pdu
  const short = 'short_message' in fields ? fields.short_message : undefined
  // SMPP 3.4 §5.3.2.32: sm_length is 0 where message_payload is used.
  const body = short === undefined || short.length === 0 ? (tlvs.message_payload ?? short ?? new Uint8Array()) : short
  const udh = (fields.esm_class & UDH_INDICATOR) === 0 ? undefined : readUdh(body)
  const written = udh === undefined ? body : body.subarray(udh.lengthOctets)
  const told = smppTextCharset(fields.data_coding, dataCoding0)
  const fillBits = udh === undefined ? 0 : fillBitsAfterUdh(udh.lengthOctets)
  const octets = isPacked && told === 'gsm7' ? unpackSeptets(written, undefined, fillBits) : written
  const concatenation = (udh && findConcatenation(udh.elements)) ?? sarConcatenation(tlvs)
  return { octets, ...readText(octets, told, udh?.elements ?? []), concatenation }
}

/** The sar_ TLVs of SMPP 3.4 §5.3.2.22 to .24; numbers that make no sense leave the message alone. */
function sarConcatenation({
  sar_msg_ref_num: reference,
  sar_total_segments: total = 0,
  sar_segment_seqnum: sequence = 0,
}: MessagePdu['tlvs']): Concatenation | undefined {
  if (reference === undefined || total < 2 || sequence < 1 || sequence > total) return undefined
  return { reference: reference & 0xffff, referenceBits: 16, total, sequence }
}

function addresses({ fields }: MessagePdu) {
  return {
    from: fromWireAddress(fields.source_addr_ton, fields.source_addr),
    to: fromWireAddress(fields.dest_addr_ton, fields.destination_addr),
  }
}

/** What makes two PDUs the same text: addresses, data_coding, UDH or SAR, and body. */
function fingerprintOf({ fields, tlvs }: MessagePdu): string {
  const short = 'short_message' in fields ? fields.short_message : new Uint8Array()
  const head = [
    fields.source_addr_ton,
    fields.source_addr,
    fields.dest_addr_ton,
    fields.destination_addr,
    fields.esm_class & UDH_INDICATOR,
    fields.data_coding,
    tlvs.sar_msg_ref_num ?? null,
    tlvs.sar_total_segments ?? null,
    tlvs.sar_segment_seqnum ?? null,
    short.length,
  ]
  const hash = createHash('sha256').update(JSON.stringify(head)).update(short)
  return hash
    .update(tlvs.message_payload ?? '')
    .digest('base64url')
    .slice(0, 22)
}
