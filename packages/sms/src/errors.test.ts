import { describe, expect, test } from 'vitest'
import * as sms from './index.ts'

const part = { reference: 1, referenceBits: 8, total: 2, sequence: 1 } as const

/** One way into every code of the catalogue. */
const ways: Readonly<Record<sms.SmsErrorCode, () => unknown>> = {
  'sms/unencodable': () => sms.encodeGsm7('Привет'),
  'sms/invalid-octet': () => sms.decodeGsm7(Uint8Array.of(0x80)),
  'sms/odd-octets': () => sms.decodeUcs2(Uint8Array.of(0)),
  'sms/septets-truncated': () => sms.unpackSeptets(Uint8Array.of(0), 2),
  'sms/udh-truncated': () => sms.decodeUdh(Uint8Array.of(5, 0)),
  'sms/udh-too-long': () => sms.encodeUdh([{ id: 0, data: new Uint8Array(300) }]),
  'sms/concat-out-of-range': () => sms.concatElement({ ...part, sequence: 3 }),
  'sms/too-many-segments': () => sms.segment('a'.repeat(40_000)),
  'sms/tpdu-truncated': () => sms.decodeTpdu(new Uint8Array(), 'to-phone'),
  'sms/tpdu-type': () => sms.decodeTpdu(Uint8Array.of(0b10), 'to-smsc'),
  'sms/bad-address': () => sms.encodeAddress({ number: '', ton: 0, npi: 1 }),
  'sms/user-data-too-long': () =>
    sms.encodeSubmit({ destination: sms.tpduAddress('4040'), alphabet: 'octets', octets: new Uint8Array(141) }),
  'sms/not-an-octet': () => sms.decodeDataCoding(256),
}

test('the catalogue has exactly the codes that can happen', () => {
  expect(Object.keys(sms.smsErrorCatalogue).sort()).toEqual(Object.keys(ways).sort())
})

describe.each(Object.entries(ways))('%s', (code, way) => {
  test('is thrown as an SmsError whose sentence ends in a full stop and quotes no text', () => {
    const error = thrownBy(way)
    expect(error).toBeInstanceOf(sms.SmsError)
    expect(error).toMatchObject({ name: 'SmsError', code })
    expect(error).toHaveProperty('message', expect.stringMatching(/^[\x20-\x7e]+\.$/))
  })
})

function thrownBy(action: () => unknown): unknown {
  try {
    return expect.unreachable(`nothing was thrown but ${action()} came back`)
  } catch (error) {
    return error
  }
}
