import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryPdu } from '../../testing/arbitrary-pdu.ts'
import { decodePdu } from './decode.ts'
import { encodePdu } from './encode.ts'
import { FramingError } from './errors.ts'
import { Framing } from './framing.ts'
import type { PduInput } from './pdu.ts'

test('PDUs come out whole, however the stream was cut', () => {
  fc.assert(
    fc.property(fc.array(arbitraryPdu, { maxLength: 5 }), fc.array(fc.nat(400)), (pdus, cuts) => {
      const stream = Buffer.concat(pdus.map((pdu) => encodePdu(pdu as PduInput)))
      const framing = new Framing()
      const out = []
      let at = 0
      for (const length of [...cuts, stream.length]) {
        for (const octets of framing.push(stream.subarray(at, at + length))) out.push(decodePdu(octets))
        at += length
      }
      expect(out).toEqual(pdus)
    }),
    { numRuns: 500 },
  )
})

test('a PDU that comes octet by octet comes out once', () => {
  const octets = encodePdu({ command: 'submit_sm', sequence: 1, fields: { short_message: Buffer.alloc(200, 0x61) } })
  const framing = new Framing()
  const out = [...octets].flatMap((octet) => [...framing.push(Buffer.of(octet))])
  expect(out).toEqual([octets])
})

test.each([0, 4, 15, 65_537, 0xffffffff])('a command_length of %i ends the connection', (length) => {
  const framing = new Framing()
  const good = encodePdu({ command: 'enquire_link', sequence: 1 })
  const bad = Buffer.alloc(4)
  bad.writeUInt32BE(length, 0)
  const seen: Buffer[] = []
  expect(() => {
    for (const octets of framing.push(Buffer.concat([good, bad]))) seen.push(octets)
  }).toThrow(FramingError)
  expect(seen).toEqual([good])
  expect(() => framing.push(good).next()).toThrow('command_length at octet 16 of the connection')
})

test('any octets give PDUs or one FramingError', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (pieces) => {
      const framing = new Framing(256)
      try {
        for (const piece of pieces)
          for (const octets of framing.push(Buffer.from(piece))) expect(octets.length).toBeGreaterThan(15)
      } catch (error) {
        expect(error).toBeInstanceOf(FramingError)
      }
    }),
    { numRuns: 2000 },
  )
})
