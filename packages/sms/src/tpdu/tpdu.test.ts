import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeText } from '../charset.ts'
import { SmsError } from '../errors.ts'
import { encodeGsm7 } from '../gsm7.ts'
import { nationalAlphabet } from '../national/alphabet.ts'
import { nationalElements } from '../national/elements.ts'
import { segment } from '../segments.ts'
import { gsm7Text, hex, octets, unicodeText } from '../testing/arbitraries.ts'
import { concatElement, findConcatenation } from '../udh.ts'
import { encodeAddress, encodeServiceCentre, tpduAddress, writtenAddress } from './address.ts'
import { encodeDeliver } from './deliver.ts'
import { encodeStatusReport, stateOfStatus } from './status-report.ts'
import { encodeSubmit } from './submit.ts'
import { readRelativeValidity, readTimeStamp, writeRelativeValidity, writeTimeStamp } from './time.ts'
import { decodeModemPdu, decodeTpdu } from './tpdu.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

describe('what modems show', () => {
  test('an SMS-DELIVER with its service centre', () => {
    const line = octets('07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37')
    const { serviceCentre, tpdu } = decodeModemPdu(line, 'to-phone')
    expect(serviceCentre && writtenAddress(serviceCentre)).toBe('+27381000015')
    expect(tpdu).toMatchObject({
      type: 'deliver',
      originator: { number: '27838890001', ton: 4, npi: 8 },
      sentAtMs: Date.parse('1999-03-29T15:16:59+02:00'),
      hasMore: false,
      userData: { dataCoding: 0, elements: [], charset: 'gsm7', text: 'hellohello' },
    })
  })

  test('an SMS-SUBMIT as it is written', () => {
    const tpdu = encodeSubmit({
      destination: tpduAddress('+46708251358'),
      alphabet: 'gsm7',
      octets: encodeGsm7('hellohello'),
      validityMs: 4 * dayMs,
    })
    expect(hex(Uint8Array.of(...encodeServiceCentre(undefined), ...tpdu))).toBe(
      '0011000b916407281553f80000aa0ae8329bfd4697d9ec37',
    )
    expect(decodeTpdu(tpdu, 'to-smsc')).toMatchObject({
      type: 'submit',
      destination: { number: '46708251358', ton: 1, npi: 1 },
      validity: { forMs: 4 * dayMs },
      wantsReport: false,
      userData: { text: 'hellohello' },
    })
  })

  test('an alphanumeric sender', () => {
    const [length, ...rest] = encodeAddress(tpduAddress('Textloom'))
    expect([length, rest.length]).toEqual([14, 8])
    const tpdu = encodeDeliver({
      originator: tpduAddress('Textloom'),
      alphabet: 'ucs2',
      octets: encodeText('jő', 'ucs2'),
      sentAtMs: 0,
    })
    expect(decodeTpdu(tpdu, 'to-phone')).toMatchObject({
      originator: { number: 'Textloom', ton: 5 },
      sentAtMs: 0,
      userData: { charset: 'ucs2', text: 'jő' },
    })
  })

  test('a status report', () => {
    const report = {
      reference: 0x2a,
      recipient: tpduAddress('+36301234567'),
      sentAtMs: Date.parse('2026-03-04T05:06:07Z'),
      doneAtMs: Date.parse('2026-03-04T05:06:09Z'),
      status: 0,
    }
    const tpdu = decodeTpdu(encodeStatusReport(report), 'to-phone')
    expect(tpdu).toEqual({ type: 'status-report', ...report, state: 'delivered' })
  })

  test.each([
    [0x00, 'delivered'],
    [0x02, 'delivered'],
    [0x20, 'enroute'],
    [0x30, 'enroute'],
    [0x40, 'undeliverable'],
    [0x42, 'rejected'],
    [0x46, 'expired'],
    [0x47, 'deleted'],
    [0x48, 'deleted'],
    [0x60, 'undeliverable'],
    [0x80, 'unknown'],
  ])('TP-Status 0x%s means %s', (status, state) => {
    expect(stateOfStatus(status)).toBe(state)
  })

  test('what stands behind the end is no matter', () => {
    const tpdu = encodeDeliver({
      originator: tpduAddress('4040'),
      alphabet: 'gsm7',
      octets: encodeGsm7('a'),
      sentAtMs: 0,
    })
    expect(decodeTpdu(Uint8Array.of(...tpdu, 1, 2, 3), 'to-phone')).toMatchObject({ userData: { text: 'a' } })
  })
})

describe('user data', () => {
  test('of parts begins on a septet boundary behind its header', () => {
    const part = { reference: 0x1f, referenceBits: 8, total: 2, sequence: 1 } as const
    const tpdu = encodeSubmit({
      destination: tpduAddress('4040'),
      elements: [concatElement(part)],
      alphabet: 'gsm7',
      octets: encodeGsm7('a'.repeat(153)),
    })
    // First octet: submit with a header. TP-UDL: 7 septets of header and fill bit, then 153.
    expect([tpdu[0], tpdu[8]]).toEqual([0x41, 160])
    const read = decodeTpdu(tpdu, 'to-smsc')
    if (read.type !== 'submit') throw new Error(read.type)
    expect(read.userData.text).toBe('a'.repeat(153))
    expect(findConcatenation(read.userData.elements)).toEqual(part)
  })

  test('with national tables is read with them', () => {
    const tables = { singleShift: 'turkish' } as const
    const tpdu = encodeDeliver({
      originator: tpduAddress('4040'),
      elements: nationalElements(tables),
      alphabet: 'gsm7',
      octets: encodeGsm7('doğru', nationalAlphabet(tables)),
      sentAtMs: 0,
    })
    expect(decodeTpdu(tpdu, 'to-phone')).toMatchObject({ userData: { charset: 'gsm7:turkish:', text: 'doğru' } })
  })

  test('that is binary has no text', () => {
    const tpdu = encodeDeliver({
      originator: tpduAddress('4040'),
      alphabet: 'octets',
      octets: octets('00ff10'),
      sentAtMs: 0,
    })
    const read = decodeTpdu(tpdu, 'to-phone')
    expect(read).toMatchObject({ userData: { charset: undefined, text: undefined } })
    expect(read.type === 'deliver' && hex(read.userData.octets)).toBe('00ff10')
  })

  test('whose header does not hold together is text', () => {
    const tpdu = encodeDeliver({
      originator: tpduAddress('4040'),
      alphabet: 'gsm7',
      octets: encodeGsm7('yes'),
      sentAtMs: 0,
    })
    tpdu[0] = (tpdu[0] ?? 0) | 0x40
    expect(decodeTpdu(tpdu, 'to-phone')).toMatchObject({ userData: { elements: [], text: 'yes' } })
  })

  test('of 141 octets does not fit', () => {
    const write = () =>
      encodeSubmit({ destination: tpduAddress('4040'), alphabet: 'octets', octets: new Uint8Array(141) })
    expect(write).toThrow(expect.objectContaining({ code: 'sms/user-data-too-long' }))
  })
})

describe('addresses', () => {
  test.each([
    ['+36301234567', { number: '36301234567', ton: 1, npi: 1 }],
    ['4040', { number: '4040', ton: 0, npi: 1 }],
    ['*100#', { number: '*100#', ton: 0, npi: 1 }],
    ['Textloom', { number: 'Textloom', ton: 5, npi: 0 }],
  ])('%s', (written, address) => {
    expect(tpduAddress(written)).toEqual(address)
    expect(writtenAddress(address)).toBe(written)
  })

  test.each(['', 'TwelveLetter', 'Ünő', '+123456789012345678901'])('"%s" cannot be written', (written) => {
    expect(() => encodeAddress(tpduAddress(written))).toThrow(expect.objectContaining({ code: 'sms/bad-address' }))
  })
})

describe('times', () => {
  test.each([0, 60, 120, 330, 345, -60, -210, 840, -720])(
    'a stamp %s minutes ahead of UTC is the same moment',
    (ahead) => {
      const at = Date.parse('2026-03-04T05:06:07Z')
      expect(readTimeStamp(writeTimeStamp(at, ahead))).toBe(at)
    },
  )

  test.each(['00000000000000', '62139200000000', 'ffffffffffffff', '62200300000000', '620230aa000000'])(
    '%s is no time',
    (digits) => {
      expect(readTimeStamp(octets(digits))).toBeUndefined()
    },
  )

  test.each([
    [1, 5 * minuteMs],
    [5 * minuteMs, 5 * minuteMs],
    [59 * minuteMs, 55 * minuteMs],
    [12 * 60 * minuteMs, 12 * 60 * minuteMs],
    [12 * 60 * minuteMs + 45 * minuteMs, 12 * 60 * minuteMs + 30 * minuteMs],
    [dayMs, dayMs],
    [3 * dayMs + 1, 3 * dayMs],
    [34 * dayMs, 30 * dayMs],
    [35 * dayMs, 35 * dayMs],
    [1e12, 63 * 7 * dayMs],
  ])('a validity of %s ms is written as %s', (wanted, written) => {
    expect(readRelativeValidity(writeRelativeValidity(wanted))).toBe(written)
  })
})

describe('any input', () => {
  test('texts come back as they went', () => {
    const texts = fc.oneof(gsm7Text, unicodeText)
    fc.assert(
      fc.property(texts, fc.constantFrom(8 as const, 16 as const), (text, referenceBits) => {
        const { encoding, segments } = segment(text, { referenceBits })
        const read = segments.map((part, index) => {
          const place = { reference: 7, referenceBits, total: segments.length, sequence: index + 1 }
          const tpdu = encodeSubmit({
            destination: tpduAddress('+36301234567'),
            elements: segments.length === 1 ? [] : [concatElement(place)],
            alphabet: encoding,
            octets: encodeText(part.text, encoding),
          })
          const back = decodeTpdu(tpdu, 'to-smsc')
          return back.type === 'submit' ? back.userData.text : undefined
        })
        expect(read.join('')).toBe(text.toWellFormed())
      }),
    )
  })

  test('octets that are no TPDU are refused with the place, and nothing else is thrown', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('to-phone' as const, 'to-smsc' as const),
        (input, direction) => {
          try {
            decodeModemPdu(input, direction)
          } catch (error) {
            expect(error).toBeInstanceOf(SmsError)
            expect((error as SmsError).octetOffset).toBeLessThanOrEqual(input.length)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })

  test('a TPDU cut short anywhere is refused with the field that is missing', () => {
    const whole = encodeSubmit({
      destination: tpduAddress('+36301234567'),
      alphabet: 'gsm7',
      octets: encodeGsm7('hello'),
      validityMs: dayMs,
    })
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeTpdu(whole.subarray(0, length), 'to-smsc')).toThrow(
        expect.objectContaining({ code: 'sms/tpdu-truncated' }),
      )
    }
  })

  test('a TPDU that carries no message is refused', () => {
    expect(() => decodeTpdu(Uint8Array.of(0b10), 'to-smsc')).toThrow(expect.objectContaining({ code: 'sms/tpdu-type' }))
  })
})
