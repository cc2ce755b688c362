import { Buffer } from 'node:buffer'
import { encodeGsm7 } from '@textloom/sms'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameError } from '../framed/frame.ts'
import { cimd2Codec } from './codec.ts'
import { type Cimd2Frame, cimd2Answer, cimd2Request, errorCodeOf } from './frame.ts'
import { decodeUserData, encodeUserData } from './user-data.ts'

const codec = cimd2Codec()
const plain = cimd2Codec({ checksum: false })
const decode = (content: string, from = codec) => from.decode(Buffer.from(content, 'latin1'))
const written = (frame: Cimd2Frame, by = plain) => by.encode(frame).toString('latin1')

describe('a packet', () => {
  const login: Cimd2Frame = {
    ...cimd2Request(1, [
      [10, 'foo'],
      [11, 'bar'],
    ]),
    number: 1,
  }

  test('is operation, number and parameters between tabs', () => {
    expect(written(login)).toBe('\x0201:001\t010:foo\t011:bar\t\x03')
    expect(decode('01:001\t010:foo\t011:bar\t')).toEqual(login)
  })

  test('may have a checksum, from STX to the last tab', () => {
    const octets = codec.encode(login)
    const sum = [...octets.subarray(0, -3)].reduce((total, octet) => total + octet, 0) & 0xff
    expect(octets.subarray(-3, -1).toString('latin1')).toBe(sum.toString(16).toUpperCase().padStart(2, '0'))
    expect(codec.decode(octets.subarray(1, -1))).toEqual(login)
  })

  test('with a wrong checksum is nacked, unless the link does not look at them', () => {
    const wrong = () => decode('40:000\t00')
    expect(wrong).toThrow(FrameError)
    expect(wrong).toThrow(
      expect.objectContaining({ nack: { operation: 99, number: 0, isAnswer: true, parameters: [] } }),
    )
    expect(decode('40:000\t00', plain)).toMatchObject({ operation: 40 })
  })

  test('that is an answer says what it answers, and what was wrong', () => {
    const refused = decode('53:003\t900:300\t901:Incorrect destination address\t')
    expect(refused).toMatchObject({ isAnswer: true, operation: 53, number: 3 })
    expect(errorCodeOf(refused)).toBe(300)
    expect(errorCodeOf({ ...cimd2Answer({ operation: 3 }), number: 3 })).toBeUndefined()
    expect(errorCodeOf(decode('99:003\t'))).toBe(9)
  })

  test.each(['', 'x', '\t', '1:001\t', '01:01\t', 'ab:001\t', '01;001\t', '01:001'])(
    'has a head, or no answer: %j',
    (content) => {
      expect(() => decode(content)).toThrow(expect.objectContaining({ name: 'FrameError', nack: undefined }))
    },
  )

  test.each([
    { what: 'a parameter without a number', content: '20:000\tfoo:bar\t' },
    { what: 'a parameter without a value', content: '20:000\t021\t' },
  ])('with $what is nacked', ({ content }) => {
    expect(() => decode(content)).toThrow(expect.objectContaining({ nack: expect.objectContaining({ operation: 99 }) }))
  })

  test.each(['a\tb', 'a\x03', 'a\x02', 'a\0', 'ő'])('cannot carry %j', (value) => {
    expect(() => codec.encode({ ...cimd2Request(3, [[21, value]]), number: 1 })).toThrow(FrameError)
  })
})

const character = fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code))
const anyFrame = fc.record({
  operation: fc.integer({ min: 1, max: 99 }),
  number: fc.integer({ min: 0, max: 255 }),
  parameters: fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 999 }),
      fc.array(character, { maxLength: 20 }).map((characters) => characters.join('')),
    ),
    { maxLength: 8 },
  ),
})

test('what is written is read as it was meant', () => {
  fc.assert(
    fc.property(anyFrame, fc.constantFrom(codec, plain), (given, by) => {
      const frame = { ...given, isAnswer: given.operation >= 50 }
      expect(by.decode(by.encode(frame).subarray(1, -1))).toEqual(frame)
    }),
    { numRuns: 200 },
  )
})

test('any octets are a packet or a FrameError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (octets) => {
      try {
        codec.decode(Buffer.from(octets))
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError)
      }
    }),
    { numRuns: 200 },
  )
})

describe('user data', () => {
  test.each([
    { text: 'Hello', data: 'Hello' },
    { text: '@é$_"', data: "_Oa_e'$_--_qq" },
    { text: 'Å å Ä ö ß', data: '_A* _a* _A" _o" _ss' },
    { text: '€[', data: '_XXe_XX<' },
    { text: 'ΔΩ', data: '_gd_go' },
  ])('$text is $data', ({ text, data }) => {
    expect(encodeUserData(encodeGsm7(text))).toBe(data)
    expect([...decodeUserData(data)]).toEqual([...encodeGsm7(text)])
  })

  test.each([
    { what: 'single characters of ASCII that are others in GSM', data: '@$]}', text: '@$Åå' },
    { what: 'Latin-1', data: 'é£', text: 'é£' },
    { what: 'Latin-1 that GSM 7-bit has not', data: 'õ', text: '?' },
    { what: 'an escape that nobody knows', data: '_zz_', text: '_zz_' },
  ])('of others is read: $what', ({ data, text }) => {
    expect([...decodeUserData(data)]).toEqual([...encodeGsm7(text)])
  })

  test('has a spelling for every GSM character', () => {
    const all = Uint8Array.from({ length: 128 }, (_, code) => code)
    expect([...decodeUserData(encodeUserData(all))]).toEqual([...all])
  })
})
