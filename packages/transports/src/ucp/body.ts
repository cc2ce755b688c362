import { Buffer } from 'node:buffer'
import { decodeDataCoding, type ReadableCharset } from '@textloom/sms'
import { headedBody } from '../framed/user-data.ts'
import type { Body } from '../message/body.ts'
import type { UcpConfig } from './config.ts'
import type { UcpFrame } from './frame.ts'
import { decodeXser, XSER } from './xser.ts'

/** Types of message (EMI/UCP 4.6 §4.2): digits as they are, characters in hex, octets in hex. */
export const MT = { numeric: '2', alphanumeric: '3', transparent: '4' } as const

/** The charset that hex digits of an alphanumeric message stand for. */
export function charsetOf(alphabet: UcpConfig['alphabet']): 'gsm7' | 'ascii' {
  return alphabet === 'ira' ? 'ascii' : 'gsm7'
}

/** Reads the text of an operation of the 50 series or 01. */
export function readUcpBody({ fields }: UcpFrame, alphabet: UcpConfig['alphabet']): Body {
  const { MT: type = MT.alphanumeric, Msg: message = '', XSer: xser = '' } = fields
  // Digits of a numeric message, and what some SMSCs write plainly where hex should stand.
  if (type === MT.numeric || !/^(?:[\da-f]{2})*$/i.test(message)) {
    return { octets: Buffer.from(message, 'latin1'), charset: 'latin1', text: message, concatenation: undefined }
  }
  const services = decodeXser(xser)
  const octets = Buffer.from(message, 'hex')
  const coding = services.get(XSER.dataCoding)?.[0]
  const charset = type === MT.alphanumeric ? charsetOf(alphabet) : transparentCharset(coding, octets)
  return headedBody(octets, charset, services.get(XSER.udh) ?? new Uint8Array())
}

/** Octets are text only where their data coding says so. */
function transparentCharset(coding: number | undefined, octets: Uint8Array): ReadableCharset | undefined {
  const alphabet = coding === undefined ? 'octets' : decodeDataCoding(coding).alphabet
  if (alphabet === 'ucs2') return 'ucs2'
  return alphabet === 'gsm7' && octets.every((octet) => octet < 0x80) ? 'gsm7' : undefined
}
