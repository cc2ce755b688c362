import { Buffer } from 'node:buffer'
import { decodeDataCoding, type ReadableCharset } from '@textloom/sms'
import type { HeadedSegment } from '../framed/segments.ts'
import { headedBody } from '../framed/user-data.ts'
import type { Body } from '../message/body.ts'
import { type Cimd2Frame, type Cimd2Parameter, parameterOf } from './frame.ts'
import { P } from './operations.ts'
import { decodeUserData, encodeUserData } from './user-data.ts'

const UCS2_DATA_CODING = 8

/** The parameters that carry a segment: characters as user data, UCS-2 as binary user data, a header beside either. */
export function bodyParameters({ alphabet, udh, octets }: HeadedSegment): readonly Cimd2Parameter[] {
  const header: readonly Cimd2Parameter[] = udh === undefined ? [] : [[P.userDataHeader, hex(udh)]]
  return alphabet === 'ucs2'
    ? [[P.dataCoding, String(UCS2_DATA_CODING)], ...header, [P.userDataBinary, hex(octets)]]
    : [...header, [P.userData, encodeUserData(octets)]]
}

/** Reads the text of a packet that submits or delivers. */
export function readCimd2Body(frame: Cimd2Frame): Body {
  const udh = Buffer.from(parameterOf(frame, P.userDataHeader) ?? '', 'hex')
  const characters = parameterOf(frame, P.userData)
  if (characters !== undefined) return headedBody(decodeUserData(characters), 'gsm7', udh)
  const octets = Buffer.from(parameterOf(frame, P.userDataBinary) ?? '', 'hex')
  return headedBody(octets, binaryCharset(parameterOf(frame, P.dataCoding)), udh)
}

/** Octets are text only where their data coding says so. */
function binaryCharset(coding: string | undefined): ReadableCharset | undefined {
  const number = /^\d{1,3}$/.test(coding ?? '') ? Number(coding) : undefined
  if (number === undefined || number > 0xff) return undefined
  return decodeDataCoding(number).alphabet === 'ucs2' ? 'ucs2' : undefined
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex').toUpperCase()
}
