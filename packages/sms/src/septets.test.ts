import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeGsm7, encodeGsm7 } from './gsm7.ts'
import { packSeptets, unpackSeptets } from './septets.ts'
import { gsm7Text, hex, octets } from './testing/arbitraries.ts'

const fillBits = fc.integer({ min: 0, max: 7 })

describe('packing', () => {
  test.each([
    { text: '', packed: '' },
    { text: 'A', packed: '41' },
    { text: 'hellohello', packed: 'e8329bfd4697d9ec37' },
    { text: 'AAAAAAA', packed: 'c16030180c0601' },
    { text: 'AAAAAAAA', packed: 'c16030180c0683' },
    { text: '@@@@@@@@', packed: '00000000000000' },
    { text: '€', packed: '9b32' },
  ])('makes "$text" into $packed', ({ text, packed }) => {
    expect(hex(packSeptets(encodeGsm7(text)))).toBe(packed)
    expect(decodeGsm7(unpackSeptets(octets(packed), encodeGsm7(text).length))).toBe(text)
  })

  test('leaves one fill bit free after a concatenation header of six octets', () => {
    // The bits of A, 1000001, one place to the left: a gateway that forgets the fill bit sends "41".
    expect(hex(packSeptets(encodeGsm7('A'), 1))).toBe('82')
  })

  test('is undone by unpacking, with every number of fill bits', () => {
    fc.assert(
      fc.property(gsm7Text, fillBits, (text, fill) => {
        const septets = encodeGsm7(text)
        const packed = packSeptets(septets, fill)
        expect(packed).toHaveLength(Math.ceil((septets.length * 7 + fill) / 8))
        expect(decodeGsm7(unpackSeptets(packed, septets.length, fill))).toBe(text)
      }),
    )
  })

  test('sets no bit but those of the septets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ size: 'max', maxLength: 200 }), fillBits, (septets, fill) => {
        const bits = [...packSeptets(septets, fill)]
          .map((octet) => octet.toString(2).padStart(8, '0'))
          .reverse()
          .join('')
        const expected = [...septets]
          .map((septet) => (septet & 0x7f).toString(2).padStart(7, '0'))
          .reverse()
          .join('')
        expect(bits).toBe((expected + '0'.repeat(fill)).padStart(bits.length, '0'))
      }),
    )
  })
})

describe('field trap 15: unpacking', () => {
  test('takes the count it is told, so that a wanted @ at the end stays', () => {
    expect(decodeGsm7(unpackSeptets(octets('c16030180c0601'), 8))).toBe('AAAAAAA@')
    expect(decodeGsm7(unpackSeptets(octets('c16030180c0601'), 7))).toBe('AAAAAAA')
  })

  test('without a count does not invent an @ from seven spare bits', () => {
    expect(decodeGsm7(unpackSeptets(octets('c16030180c0601')))).toBe('AAAAAAA')
  })

  test('without a count gives back what was packed, but for padding look-alikes at the very end', () => {
    fc.assert(
      fc.property(gsm7Text, fillBits, (text, fill) => {
        const septets = encodeGsm7(text)
        const endsInSpareBits =
          (septets.length * 7 + fill) % 8 === 0 && (septets.at(-1) === 0 || septets.at(-1) === 0x0d)
        fc.pre(!endsInSpareBits)
        expect(unpackSeptets(packSeptets(septets, fill), undefined, fill)).toEqual(septets)
      }),
    )
  })

  test('refuses fewer octets than the count needs and says how many are missing', () => {
    expect(() => unpackSeptets(octets('c160'), 3)).toThrow('3 septets after 0 fill bits need 3 octets, there are 2.')
    expect(() => unpackSeptets(new Uint8Array(), 1)).toThrow(/need 1 octets, there are 0/)
  })

  test.each([
    { packed: '', fill: 0, septets: '' },
    { packed: '', fill: 6, septets: '' },
    { packed: 'ff', fill: 7, septets: '' },
    { packed: 'ff', fill: 1, septets: '7f' },
  ])('reads "$packed" after $fill fill bits as "$septets"', ({ packed, fill, septets }) => {
    expect(hex(unpackSeptets(octets(packed), undefined, fill))).toBe(septets)
  })
})

describe('padding with CR (§6.1.2.3.1)', () => {
  test('fills seven spare bits with a CR, which the receiver drops', () => {
    const packed = packSeptets(encodeGsm7('AAAAAAA'), 0, { padding: 'cr' })
    expect(hex(packed)).toBe('c16030180c061b')
    expect(decodeGsm7(unpackSeptets(packed))).toBe('AAAAAAA')
  })

  test('doubles a wanted CR that ends on an octet boundary, so that one is left', () => {
    const packed = packSeptets(encodeGsm7('AAAAAAA\r'), 0, { padding: 'cr' })
    expect(packed).toHaveLength(8)
    expect(decodeGsm7(unpackSeptets(packed))).toBe('AAAAAAA\r\r')
  })

  test.each(['', 'A', 'AAAAAA', 'AAAAAAAA', 'AAAAAA\r'])('adds nothing to %j', (text) => {
    const withCr = packSeptets(encodeGsm7(text), 0, { padding: 'cr' })
    if (text.length % 8 !== 7) expect(withCr).toEqual(packSeptets(encodeGsm7(text)))
    expect(decodeGsm7(unpackSeptets(withCr))).toBe(text)
  })
})
