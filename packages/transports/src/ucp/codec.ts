import { Buffer } from 'node:buffer'
import { type FrameCodec, FrameError } from '../framed/frame.ts'
import { ETX, STX } from '../framed/framing.ts'
import { EC, type UcpFrame, ucpNack } from './frame.ts'
import { fieldsOf, operationName } from './operations.ts'

/** How exact the frames of the peer have to be. */
export interface UcpCodecOptions {
  /** `false`: a wrong checksum or length is let pass. */
  readonly checks: boolean
}

/** TRN, LEN, O or R, OT, and the slashes behind each; then the slash, the checksum. */
const HEADER_OCTETS = 14
const CHECKSUM_OCTETS = 2
/** An operation of 640 hex digits and a full XSer has less than 2,000. */
const MAX_FRAME_OCTETS = 8_192

const shape = /^([ \d]\d)\/([ \d]{1,4}\d)\/([OR])\/(\d\d)\/(.*)\/([\dA-Fa-f]{2})$/s

/** Writes and reads UCP frames (EMI/UCP 4.6 §3). */
export function ucpCodec({ checks }: UcpCodecOptions = { checks: true }): FrameCodec<UcpFrame> {
  const numbers = { first: 0, step: 1, count: 100 }
  return {
    kind: 'ucp',
    maxFrameOctets: MAX_FRAME_OCTETS,
    maxStrayOctets: 0,
    numbers: { client: numbers, server: numbers },
    encode,
    decode: (content) => decode(content, checks),
    isAnswerTo: (answer, request) => answer.operation === request.operation,
    isOutOfStep: () => false,
    nameOf: ({ operation, isAnswer }) => `${operationName(operation)}${isAnswer ? ' (result)' : ''}`,
  }
}

/** The sum of the octets modulo 256, as two hex digits. */
function ucpChecksum(octets: Uint8Array): string {
  const sum = octets.reduce((total, octet) => total + octet, 0)
  return (sum & 0xff).toString(16).toUpperCase().padStart(2, '0')
}

function encode(frame: UcpFrame): Buffer {
  const { number, isAnswer, operation, fields } = frame
  const names = namesOf(isAnswer, operation, fields.ack)
  if (names === undefined) throw new FrameError(`operation ${operation} is none that UCP knows`)
  const stranger = Object.keys(fields).find((name) => !names.includes(name))
  if (stranger !== undefined) throw new FrameError(`operation ${operation} has no field ${stranger}`)
  const body = names.map((name) => `${checked(name, fields[name] ?? '')}/`).join('')
  const length = HEADER_OCTETS + body.length + CHECKSUM_OCTETS
  const head = `${digits(number, 2)}/${digits(length, 5)}/${isAnswer ? 'R' : 'O'}/${operation}/${body}`
  const octets = Buffer.from(head, 'latin1')
  return Buffer.from(`\x02${head}${ucpChecksum(octets)}\x03`, 'latin1')
}

function decode(content: Buffer, checks: boolean): UcpFrame {
  const [, trn, len, kind, operation = '', body = '', checksum = ''] = shape.exec(content.toString('latin1')) ?? []
  if (trn === undefined) throw new FrameError('what stands between STX and ETX has not the shape of a UCP frame')
  const number = Number(trn)
  const isAnswer = kind === 'R'
  const wrong = (problem: string, errorCode: string) => {
    const nack = isAnswer ? undefined : { ...ucpNack({ operation }, errorCode), number }
    return new FrameError<UcpFrame>(`operation ${operation}: ${problem}`, nack)
  }
  if (checks) {
    if (Number(len) !== content.length) throw wrong(`LEN is ${len}, there are ${content.length} octets`, EC.syntax)
    const sum = ucpChecksum(content.subarray(0, -CHECKSUM_OCTETS))
    if (sum !== checksum.toUpperCase()) throw wrong(`the checksum is ${checksum}, it should be ${sum}`, EC.checksum)
  }
  const values = body.split('/')
  const names = namesOf(isAnswer, operation, values[0]) ?? values.map((_, index) => String(index + 1))
  const named = isAnswer ? withoutSlashes(values, names.length) : values
  const fields = names.map((name, index) => [name, named[index] ?? '']).filter(([, value]) => value !== '')
  return { number, isAnswer, operation, fields: Object.fromEntries(fields) }
}

/** The system message, which is the last field of a result, may have slashes in it. */
function withoutSlashes(values: readonly string[], count: number): readonly string[] {
  return [...values.slice(0, count - 1), values.slice(count - 1).join('/')]
}

function namesOf(isAnswer: boolean, operation: string, ack: string | undefined): readonly string[] | undefined {
  if (!isAnswer) return fieldsOf(operation, 'request')
  return fieldsOf(operation, ack === 'A' ? 'accepted' : 'refused')
}

function checked(name: string, value: string): string {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code === STX || code === ETX || code === SLASH || code > 0xff) {
      throw new FrameError(`${name} has a character at ${index} that UCP cannot carry`)
    }
  }
  return value
}

const SLASH = 0x2f

function digits(value: number, count: number): string {
  const text = String(value).padStart(count, '0')
  if (text.length !== count) throw new FrameError(`${value} does not fit into ${count} digits`)
  return text
}
