import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SmsError } from './errors.ts'
import { encodeGsm7 } from './gsm7.ts'
import { packSeptets } from './septets.ts'
import { hex, octets } from './testing/arbitraries.ts'
import {
  type Concatenation,
  concatElement,
  decodeUdh,
  encodeUdh,
  fillBitsAfterUdh,
  findConcatenation,
  findPorts,
} from './udh.ts'

const concatenations: fc.Arbitrary<Concatenation> = fc
  .record({
    referenceBits: fc.constantFrom(8 as const, 16 as const),
    total: fc.integer({ min: 1, max: 255 }),
    referenceSeed: fc.nat(0xffff),
    sequenceSeed: fc.nat(254),
  })
  .map(({ referenceBits, total, referenceSeed, sequenceSeed }) => ({
    referenceBits,
    total,
    reference: referenceSeed % 2 ** referenceBits,
    sequence: 1 + (sequenceSeed % total),
  }))

describe('a header', () => {
  const elements = fc.array(fc.record({ id: fc.nat(255), data: fc.uint8Array({ maxLength: 20, size: 'max' }) }), {
    maxLength: 8,
    size: 'max',
  })

  test('comes back with its elements, whatever text follows', () => {
    fc.assert(
      fc.property(elements, fc.uint8Array({ size: 'max', maxLength: 200 }), (written, text) => {
        const header = encodeUdh(written)
        expect(decodeUdh(Uint8Array.of(...header, ...text))).toEqual({ elements: written, lengthOctets: header.length })
      }),
    )
  })

  test('that is too long is refused', () => {
    expect(() => encodeUdh([{ id: 0x70, data: new Uint8Array(254) }])).toThrow(/needs 256 octets/)
    expect(encodeUdh([{ id: 0x70, data: new Uint8Array(253) }])).toHaveLength(256)
  })

  test.each([
    { userData: '', message: 'the length of the user data header needs 1 octets at offset 0, there are 0.' },
    { userData: '05000301', message: 'the user data header needs 5 octets at offset 1, there are 3.' },
    { userData: '0100', message: 'the length of an information element needs 1 octets at offset 2, there are 0.' },
    { userData: '0400030102 41', message: 'information element 0x00 needs 3 octets at offset 3, there are 2.' },
    { userData: '0700030102010524', message: 'information element 0x05 needs 36 octets at offset 8, there are 0.' },
  ])('of "$userData" is refused: $message', ({ userData, message }) => {
    expect(() => decodeUdh(octets(userData))).toThrow(`User data: ${message}`)
  })

  test('of any octets is read or refused with the place', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300, size: 'max' }), (data) => {
        try {
          const { elements: read, lengthOctets } = decodeUdh(data)
          expect(encodeUdh(read)).toEqual(data.slice(0, lengthOctets))
          findConcatenation(read)
          findPorts(read)
        } catch (error) {
          expect(error).toBeInstanceOf(SmsError)
          if (error instanceof SmsError) expect(error.octetOffset).toBeLessThanOrEqual(data.length)
        }
      }),
    )
  })
})

describe('concatenation', () => {
  test.each([
    { reference: 0x2a, referenceBits: 8, total: 3, sequence: 2, header: '0500032a0302' },
    { reference: 0, referenceBits: 8, total: 2, sequence: 1, header: '050003000201' },
    { reference: 0x1234, referenceBits: 16, total: 255, sequence: 255, header: '0608041234ffff' },
  ] as const)('part $sequence of $total with reference $reference is $header', ({ header, ...concatenation }) => {
    expect(hex(encodeUdh([concatElement(concatenation)]))).toBe(header)
    expect(findConcatenation(decodeUdh(octets(header)).elements)).toEqual(concatenation)
  })

  test('comes back', () => {
    fc.assert(
      fc.property(concatenations, (concatenation) => {
        expect(findConcatenation([concatElement(concatenation)])).toEqual(concatenation)
      }),
    )
  })

  test.each([
    { header: '050003070000', because: 'a total of 0' },
    { header: '050003070200', because: 'sequence 0' },
    { header: '050003070203', because: 'a sequence beyond the total' },
    { header: '0400020702', because: 'two octets instead of three' },
    { header: '06000407020100', because: 'four octets instead of three' },
    { header: '00', because: 'an empty header' },
  ])('of $header is ignored for $because (3GPP TS 23.040 §9.2.3.24.1)', ({ header }) => {
    expect(findConcatenation(decodeUdh(octets(header)).elements)).toBeUndefined()
  })

  test('given twice, the last that makes sense counts (§9.2.3.24)', () => {
    const { elements } = decodeUdh(octets('10 0003070201 080412340202 0003090200'))
    expect(findConcatenation(elements)).toEqual({ reference: 0x1234, referenceBits: 16, total: 2, sequence: 2 })
  })

  test.each([
    { reference: 256, referenceBits: 8, total: 2, sequence: 1, field: 'reference', range: '0 to 255' },
    { reference: -1, referenceBits: 16, total: 2, sequence: 1, field: 'reference', range: '0 to 65535' },
    { reference: 1, referenceBits: 8, total: 256, sequence: 1, field: 'total', range: '1 to 255' },
    { reference: 1, referenceBits: 8, total: 0, sequence: 1, field: 'total', range: '1 to 255' },
    { reference: 1, referenceBits: 8, total: 2, sequence: 3, field: 'sequence', range: '1 to 2' },
    { reference: 1.5, referenceBits: 8, total: 2, sequence: 1, field: 'reference', range: '0 to 255' },
  ] as const)('cannot be written with a $field outside $range', ({ field, range, ...concatenation }) => {
    expect(() => concatElement(concatenation)).toThrow(
      `The ${field} of a long message is ${concatenation[field]}, it must be a whole number from ${range}.`,
    )
  })
})

test.each([
  { header: '06050423f40000', ports: { destination: 9204, source: 0, portBits: 16 } },
  { header: '040402f0f1', ports: { destination: 0xf0, source: 0xf1, portBits: 8 } },
  { header: '0b 0003010201 050423f400 01', ports: { destination: 9204, source: 1, portBits: 16 } },
  { header: '0500030a0201', ports: undefined },
  { header: '0405020304', ports: undefined },
])('the ports of $header are $ports', ({ header, ports }) => {
  expect(findPorts(decodeUdh(octets(header)).elements)).toEqual(ports)
})

describe('fill bits', () => {
  test.each([
    { headerOctets: 0, bits: 0 },
    { headerOctets: 6, bits: 1 },
    { headerOctets: 7, bits: 0 },
    { headerOctets: 8, bits: 6 },
    { headerOctets: 12, bits: 2 },
  ])('after $headerOctets octets are $bits', ({ headerOctets, bits }) => {
    expect(fillBitsAfterUdh(headerOctets)).toBe(bits)
  })

  test('let the largest part fill 140 octets exactly', () => {
    expect(packSeptets(encodeGsm7('a'.repeat(153)), fillBitsAfterUdh(6))).toHaveLength(140 - 6)
    expect(packSeptets(encodeGsm7('a'.repeat(152)), fillBitsAfterUdh(7))).toHaveLength(140 - 7)
  })
})
