import type { ReadableCharset } from './charset.ts'
import { checkOctet, type DataCoding, decodeDataCoding } from './data-coding.ts'

/**
 * What the octets of an SMPP message are. `default` is the alphabet of the SMSC, which only the agreement with its
 * operator tells; `octets` is binary; the others name their standard.
 */
export type SmppCharset =
  | 'default'
  | 'ascii'
  | 'octets'
  | 'latin1'
  | 'jis-x-0208'
  | 'iso-8859-5'
  | 'iso-8859-8'
  | 'ucs2'
  | 'pictogram'
  | 'iso-2022-jp'
  | 'jis-x-0212'
  | 'ks-c-5601'

/** The alphabets that an SMSC may mean by data_coding 0. */
export type SmscDefaultCharset = 'gsm7' | 'latin1' | 'ascii'

/** The meaning of an SMPP data_coding. */
export interface SmppDataCoding {
  readonly charset: SmppCharset
  /** The octet as a GSM data coding scheme, where SMPP points to that or reserves the value. */
  readonly gsm?: DataCoding
}

/**
 * Decodes an SMPP data_coding (SMPP 3.4 §5.2.19). 0xC0 to 0xDF and 0xF0 to 0xFF are GSM codings by that table. What it
 * reserves (0x0B, 0x0C, 0x0F to 0xBF, 0xE0 to 0xEF) is read as a GSM coding too, for SMSCs pass on the octet of the
 * phone: 0x18 is a UCS-2 flash message everywhere. A GSM coding of GSM 7-bit text is `default` here, for the SMSC
 * translates that text like any other of data_coding 0.
 *
 * @throws SmsError `sms/not-an-octet` if the value is no integer from 0 to 255.
 */
export function decodeSmppDataCoding(value: number): SmppDataCoding {
  checkOctet(value)
  const named = smppCharsets[value]
  if (named !== undefined) return { charset: named }
  const gsm = decodeDataCoding(value)
  if (gsm.isCompressed) return { charset: 'octets', gsm }
  return { charset: gsm.alphabet === 'gsm7' ? 'default' : gsm.alphabet, gsm }
}

/**
 * The alphabet to decode the text of an SMPP message with, or undefined if it is binary or in an alphabet that this
 * package does not read.
 *
 * @throws SmsError `sms/not-an-octet` if the value is no integer from 0 to 255.
 */
export function smppTextCharset(dataCoding: number, smscDefault: SmscDefaultCharset): ReadableCharset | undefined {
  const { charset } = decodeSmppDataCoding(dataCoding)
  switch (charset) {
    case 'default':
      return smscDefault
    case 'ascii':
    case 'latin1':
    case 'ucs2':
    case 'iso-8859-5':
    case 'iso-8859-8':
      return charset
    default:
      return undefined
  }
}

// By data_coding; the values SMPP reserves are left out.
const smppCharsets: Readonly<Record<number, SmppCharset>> = {
  0: 'default',
  1: 'ascii',
  2: 'octets',
  3: 'latin1',
  4: 'octets',
  5: 'jis-x-0208',
  6: 'iso-8859-5',
  7: 'iso-8859-8',
  8: 'ucs2',
  9: 'pictogram',
  10: 'iso-2022-jp',
  13: 'jis-x-0212',
  14: 'ks-c-5601',
}
