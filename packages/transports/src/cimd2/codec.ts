import { Buffer } from 'node:buffer'
import { type FrameCodec, FrameError } from '../framed/frame.ts'
import { ETX, STX } from '../framed/framing.ts'
import { type Cimd2Frame, cimd2Nack } from './frame.ts'
import { OP, operationName, RESPONSE } from './operations.ts'

/** How checksums are dealt with. */
export interface Cimd2CodecOptions {
  /** `false`: packets leave without one, and a wrong one is let pass. */
  readonly checksum: boolean
}

const TAB = 0x09
/** A packet of 480 characters of user data, a header and what else there is has less than 2,000. */
const MAX_FRAME_OCTETS = 8_192
/** The specification asks to ignore what stands between packets; this much of it is not CIMD2 any more. */
const MAX_STRAY_OCTETS = 1_024

const header = /^(\d\d):(\d{3})$/
const parameter = /^(\d{3}):(.*)$/s

/** Writes and reads CIMD2 packets (CIMD 2 §3.1). */
export function cimd2Codec({ checksum }: Cimd2CodecOptions = { checksum: true }): FrameCodec<Cimd2Frame> {
  return {
    kind: 'cimd2',
    maxFrameOctets: MAX_FRAME_OCTETS,
    maxStrayOctets: MAX_STRAY_OCTETS,
    numbers: { client: { first: 1, step: 2, count: 128 }, server: { first: 0, step: 2, count: 128 } },
    encode: (frame) => encode(frame, checksum),
    decode: (content) => decode(content, checksum),
    isAnswerTo: ({ operation }, request) => operation >= OP.generalError || operation === request.operation + RESPONSE,
    // A nack for a number that is none of ours names the one that the peer expects.
    isOutOfStep: ({ operation }) => operation === OP.nack,
    nameOf: ({ operation }) => operationName(operation),
  }
}

/** The sum from STX to the last TAB modulo 256, as two hex digits. */
function cimd2Checksum(content: Uint8Array): string {
  const sum = content.reduce((total, octet) => total + octet, STX)
  return (sum & 0xff).toString(16).toUpperCase().padStart(2, '0')
}

function encode({ operation, number, parameters }: Cimd2Frame, withChecksum: boolean): Buffer {
  const head = `${digits(operation, 2)}:${digits(number, 3)}\t`
  const body = parameters.map(([name, value]) => `${digits(name, 3)}:${checked(name, value)}\t`).join('')
  const content = Buffer.from(`${head}${body}`, 'latin1')
  const checksum = withChecksum ? cimd2Checksum(content) : ''
  return Buffer.concat([Buffer.of(STX), content, Buffer.from(checksum, 'latin1'), Buffer.of(ETX)])
}

function decode(content: Buffer, checks: boolean): Cimd2Frame {
  const end = content.lastIndexOf(TAB)
  const [first = '', ...rest] = content.subarray(0, Math.max(end, 0)).toString('latin1').split('\t')
  const [, operationDigits, numberDigits] = header.exec(first) ?? []
  if (operationDigits === undefined || numberDigits === undefined) {
    throw new FrameError('what stands between STX and ETX does not begin like a CIMD2 packet')
  }
  const operation = Number(operationDigits)
  const number = Number(numberDigits)
  const isAnswer = operation >= RESPONSE
  const wrong = (problem: string) => {
    const nack = isAnswer || number > 0xff ? undefined : { ...cimd2Nack, number }
    return new FrameError<Cimd2Frame>(`operation ${operationDigits}: ${problem}`, nack)
  }
  if (number > 0xff) throw wrong(`its number is ${number}, they end at 255`)
  const written = content.subarray(end + 1).toString('latin1')
  const sum = cimd2Checksum(content.subarray(0, end + 1))
  // Checksums may be left out in either direction.
  if (checks && written !== '' && written.toUpperCase() !== sum) {
    throw wrong(`the checksum is ${written.length} octets that are not ${sum}`)
  }
  const parameters = rest.map((text, index): [number, string] => {
    const [, name, value] = parameter.exec(text) ?? []
    if (name === undefined || value === undefined) throw wrong(`parameter ${index + 1} has no number`)
    return [Number(name), value]
  })
  return { number, isAnswer, operation, parameters }
}

function checked(name: number, value: string): string {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code === 0 || code === STX || code === ETX || code === TAB || code > 0xff) {
      throw new FrameError(`parameter ${name} has a character at ${index} that CIMD2 cannot carry`)
    }
  }
  return value
}

function digits(value: number, count: number): string {
  const text = String(value).padStart(count, '0')
  if (text.length !== count) throw new FrameError(`${value} does not fit into ${count} digits`)
  return text
}
