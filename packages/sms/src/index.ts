export { type Charset, decodeText, encodeText, fitsCharset, type ReadableCharset } from './charset.ts'
export type { DecodeOptions } from './code-units.ts'
export {
  type DataAlphabet,
  type DataCoding,
  type DataCodingGroup,
  decodeDataCoding,
  encodeDataCoding,
  type MessageClass,
} from './data-coding.ts'
export { SmsError, type SmsErrorCode, smsErrorCatalogue, type UnencodableCharacter } from './errors.ts'
export { type DecodeGsm7Options, decodeGsm7, encodeGsm7, findNonGsm7, isGsm7, septetLength } from './gsm7.ts'
export { type Gsm7Alphabet, gsm7Characters } from './gsm7-alphabet.ts'
export { gsm7Replacement, replaceForGsm7 } from './gsm7-replacements.ts'
export { nationalAlphabet } from './national/alphabet.ts'
export { type NationalCharset, nationalCharset } from './national/charset.ts'
export { findNationalTables, nationalElements } from './national/elements.ts'
export { type NationalLanguage, type NationalTables, nationalLanguages } from './national/languages.ts'
export {
  type NationalSegmentation,
  type NationalSegmentOptions,
  segmentNational,
} from './national/segment-national.ts'
export {
  type AddedPart,
  type AssembledMessage,
  addPart,
  checkHeld,
  type HeldCheck,
  type HeldMessage,
  type MessagePart,
  type PartIdentity,
  partKey,
  type ReassemblyTimes,
} from './reassemble.ts'
export { parseReceiptText, type ReceiptState, type ReceiptText, receiptStateOf } from './receipt-text.ts'
export { countSegments, type SegmentInfo, type Ucs2Cause } from './segment-counter.ts'
export {
  MAX_SEGMENTS,
  PART_CAPACITY,
  type Segment,
  type Segmentation,
  type SegmentOptions,
  SINGLE_CAPACITY,
  segment,
  segmentCount,
  type TextEncoding,
} from './segments.ts'
export { type PackOptions, packSeptets, unpackSeptets } from './septets.ts'
export { decodeAscii, decodeLatin1, encodeAscii, encodeLatin1, isAscii, isLatin1 } from './single-octet.ts'
export {
  decodeSmppDataCoding,
  type SmppCharset,
  type SmppDataCoding,
  type SmscDefaultCharset,
  smppTextCharset,
} from './smpp-data-coding.ts'
export {
  encodeAddress,
  encodeServiceCentre,
  type TpduAddress,
  tpduAddress,
  writtenAddress,
} from './tpdu/address.ts'
export { type DeliverToWrite, type DeliverTpdu, encodeDeliver } from './tpdu/deliver.ts'
export {
  encodeStatusReport,
  type StatusReportToWrite,
  type StatusReportTpdu,
  stateOfStatus,
} from './tpdu/status-report.ts'
export { encodeSubmit, type SubmitToWrite, type SubmitTpdu } from './tpdu/submit.ts'
export { writeRelativeValidity } from './tpdu/time.ts'
export { decodeModemPdu, decodeTpdu, type Tpdu, type TpduDirection } from './tpdu/tpdu.ts'
export type { UserData, UserDataToWrite } from './tpdu/user-data.ts'
export { decodeUcs2, encodeUcs2 } from './ucs2.ts'
export {
  type Concatenation,
  concatElement,
  decodeUdh,
  encodeUdh,
  fillBitsAfterUdh,
  findConcatenation,
  findPorts,
  IEI,
  type InformationElement,
  type Ports,
  type UserDataHeader,
} from './udh.ts'
