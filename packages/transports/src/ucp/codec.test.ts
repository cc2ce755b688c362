import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameError } from '../framed/frame.ts'
import { ucpCodec } from './codec.ts'
import { type UcpFrame, ucpAck, ucpNack, ucpRequest } from './frame.ts'
import { fieldsOf, operations } from './operations.ts'

const codec = ucpCodec()
const decode = (content: string, checks = true) => ucpCodec({ checks }).decode(Buffer.from(content, 'latin1'))
const encode = (frame: UcpFrame) => codec.encode(frame).subarray(1, -1).toString('latin1')

function problemOf(content: string): FrameError<UcpFrame> {
  try {
    decode(content)
  } catch (error) {
    if (error instanceof FrameError) return error as FrameError<UcpFrame>
    throw error
  }
  throw new Error('The frame parses.')
}

describe('frames of others', () => {
  test.each([
    {
      what: 'a call input with characters in hex',
      content: '00/00070/O/01/01234567890/09876543210//3/53686F7274204D657373616765/D9',
      frame: {
        number: 0,
        isAnswer: false,
        operation: '01',
        fields: { AdC: '01234567890', OAdC: '09876543210', MT: '3', Msg: '53686F7274204D657373616765' },
      },
    },
    {
      what: 'an answer that takes a submit',
      content: encode({ ...ucpAck({ operation: '51' }, '012234:090996101010'), number: 0 }),
      frame: { number: 0, isAnswer: true, operation: '51', fields: { ack: 'A', SM: '012234:090996101010' } },
    },
  ])('$what', ({ content, frame }) => {
    expect(decode(content)).toEqual(frame)
    expect(encode(frame)).toBe(content)
  })

  test('an operation that nobody knows is read field by field, so that it can be refused', () => {
    const [checked] = [withChecksum('07/00019/O/99/a//', 19)]
    const frame = decode(checked)
    expect(frame).toEqual({ number: 7, isAnswer: false, operation: '99', fields: { 1: 'a' } })
    expect(encode({ ...ucpNack(frame, '03'), number: frame.number })).toMatch(/^07\/\d{5}\/R\/99\/N\/03\/\//)
  })

  test('a system message may have slashes', () => {
    const content = withChecksum('01/00000/R/60/N/07/no such user/see /help/')
    expect(decode(content).fields).toEqual({ ack: 'N', EC: '07', SM: 'no such user/see /help' })
  })

  test('more fields than the specification has are let pass', () => {
    expect(decode(withChecksum('01/00000/O/31/1234/0539/new/')).fields).toEqual({ AdC: '1234', PID: '0539' })
  })
})

describe('frames that do not parse', () => {
  test('a wrong checksum is answered with 01', () => {
    const { message, nack } = problemOf('00/00070/O/01/01234567890/09876543210//3/53686F7274204D657373616765/DA')
    expect(message).toBe('operation 01: the checksum is DA, it should be D9')
    expect(nack).toEqual({ number: 0, isAnswer: true, operation: '01', fields: { ack: 'N', EC: '01' } })
  })

  test('a wrong length is answered with 02', () => {
    const { message, nack } = problemOf('00/00071/O/01/01234567890/09876543210//3/53686F7274204D657373616765/DA')
    expect(message).toBe('operation 01: LEN is 00071, there are 70 octets')
    expect(nack?.fields).toEqual({ ack: 'N', EC: '02' })
  })

  test('both are let pass where the link does not check', () => {
    expect(decode('00/00071/O/01/01234567890/09876543210//3/53686F7274204D657373616765/00', false)).toMatchObject({
      fields: { Msg: '53686F7274204D657373616765' },
    })
  })

  test.each(['', 'x', '00/00010', 'HTTP/1.1 200 OK', '0A/00019/O/31/1/2/00', '00/00019/Q/31/1/2/00'])(
    'what has not the shape of a frame has no answer: %j',
    (content) => {
      expect(problemOf(content).nack).toBeUndefined()
    },
  )

  test('an answer is never answered', () => {
    expect(problemOf('00/00020/R/31/A/0003/00').nack).toBeUndefined()
  })
})

describe('what cannot be written', () => {
  test.each([
    { what: 'a slash in a field', fields: { AdC: '1/2' } },
    { what: 'the octet that ends a frame', fields: { AdC: '1\x032' } },
    { what: 'a character beyond eight bits', fields: { AdC: 'ő' } },
    { what: 'a field that the operation has not', fields: { OTOA: '5039' } },
  ])('$what', ({ fields }) => {
    expect(() => codec.encode({ ...ucpRequest('31', fields), number: 0 })).toThrow(FrameError)
  })
})

test('the 50 series has 33 fields, the 60 series 12', () => {
  expect(operations['51'].request).toHaveLength(33)
  expect(operations['60'].request).toHaveLength(12)
})

const value = fc
  .array(fc.integer({ min: 0x20, max: 0xff }), { maxLength: 20 })
  .map((codes) => String.fromCharCode(...codes).replaceAll('/', ''))

const anyFrame = fc
  .tuple(
    fc.constantFrom(...Object.keys(operations)),
    fc.constantFrom('request', 'accepted', 'refused'),
    fc.integer({ min: 0, max: 99 }),
    fc.array(value, { minLength: 33, maxLength: 33 }),
  )
  .map(([operation, kind, number, values]): UcpFrame => {
    const fields = (fieldsOf(operation, kind as 'request') ?? []).map((name, index) => [name, values[index] ?? ''])
    const named = Object.fromEntries(fields.filter(([, text]) => text !== ''))
    const ack = kind === 'request' ? {} : { ack: kind === 'accepted' ? 'A' : 'N' }
    return { number, isAnswer: kind !== 'request', operation, fields: { ...named, ...ack } }
  })

test('what is written is read as it was meant', () => {
  fc.assert(
    fc.property(anyFrame, (frame) => {
      expect(codec.decode(codec.encode(frame).subarray(1, -1))).toEqual(frame)
    }),
    { numRuns: 200 },
  )
})

test('any octets are a frame or a FrameError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.boolean(), (octets, checks) => {
      try {
        ucpCodec({ checks }).decode(Buffer.from(octets))
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError)
      }
    }),
    { numRuns: 200 },
  )
})

/** A frame whose LEN and checksum are made right. */
function withChecksum(body: string, length = body.length + 2): string {
  const text = body.replace(/^(\d\d)\/\d{5}/, `$1/${String(length).padStart(5, '0')}`)
  const sum = [...text].reduce((total, char) => total + char.charCodeAt(0), 0)
  return `${text}${(sum & 0xff).toString(16).toUpperCase().padStart(2, '0')}`
}
