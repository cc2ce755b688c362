import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryPdu } from '../testing/arbitrary-pdu.ts'
import { type DeliverPdu, type DeliverSettings, readDeliver } from './deliver.ts'
import { decodePdu } from './pdu/decode.ts'
import { encodePdu } from './pdu/encode.ts'
import type { MessageFields, TlvValues } from './pdu/pdu.ts'

const settings: DeliverSettings = {
  dataCoding0: 'gsm7',
  moId: (sequence) => `mo:a:e1:${sequence}`,
}

function read(fields: Partial<MessageFields>, tlvs: TlvValues = {}, more: Partial<DeliverSettings> = {}) {
  const octets = encodePdu({
    command: 'deliver_sm',
    sequence: 7,
    fields: { source_addr_ton: 1, source_addr: '36301234567', destination_addr: '4040', ...fields },
    tlvs,
  })
  return readDeliver(decodePdu(octets) as DeliverPdu, { ...settings, ...more })
}

const hex = (octets: string) => Buffer.from(octets.replaceAll(' ', ''), 'hex')
const ascii = (text: string) => Buffer.from(text, 'latin1')

describe('an MO', () => {
  test('has id, addresses, text and fingerprint', () => {
    expect(read({ short_message: ascii('YES') })).toEqual({
      type: 'mo',
      id: 'mo:a:e1:7',
      fingerprint: expect.stringMatching(/^[\w-]{22}$/),
      from: '+36301234567',
      to: '4040',
      text: 'YES',
    })
  })

  test.each([
    { data_coding: 0, dataCoding0: 'gsm7', octets: '00 1b65 05', text: '@€é', what: 'GSM 7-bit, @ first' },
    { data_coding: 0, dataCoding0: 'latin1', octets: '40 e9', text: '@é', what: 'Latin-1 as data_coding 0' },
    { data_coding: 0, dataCoding0: 'ascii', octets: '40 41', text: '@A', what: 'ASCII as data_coding 0' },
    { data_coding: 1, dataCoding0: 'gsm7', octets: '40', text: '@', what: 'IA5' },
    { data_coding: 3, dataCoding0: 'gsm7', octets: '40 e9', text: '@é', what: 'Latin-1' },
    { data_coding: 8, dataCoding0: 'gsm7', octets: '0151 d83c df89', text: 'ő🎉', what: 'UCS-2 with an emoji' },
    { data_coding: 0x18, dataCoding0: 'gsm7', octets: '0151', text: 'ő', what: 'a UCS-2 flash message' },
    { data_coding: 0xf0, dataCoding0: 'gsm7', octets: '00 41', text: '@A', what: 'a GSM flash message' },
    { data_coding: 6, dataCoding0: 'gsm7', octets: 'bf e0', text: 'Пр', what: 'Cyrillic' },
    { data_coding: 4, dataCoding0: 'gsm7', octets: '6a c3b6', text: 'jö', what: "Kannel's UTF-8 in data_coding 4" },
  ] as const)('field trap 14: $what', ({ data_coding, dataCoding0, octets, text }) => {
    expect(read({ data_coding, short_message: hex(octets) }, {}, { dataCoding0 })).toMatchObject({ text })
  })

  test.each([
    { what: 'at its end', octets: '41 00', text: 'A@' },
    { what: 'at its beginning', octets: '00 41', text: '@A' },
    { what: 'alone', octets: '00', text: '@' },
    { what: 'behind a header', octets: '050003070201 41 00', text: 'A@', esm_class: 0x40 },
    { what: 'after seven septets, which unpacking would have to guess', octets: '41414141414141 00', text: 'AAAAAAA@' },
  ])('field trap 15: with an @, which is octet 0, $what keeps it', ({ octets, text, esm_class = 0 }) => {
    expect(read({ esm_class, short_message: hex(octets) })).toMatchObject({ text })
  })

  test('of binary data has no text but its octets', () => {
    expect(read({ data_coding: 4, short_message: hex('00 ff 80') })).toMatchObject({ text: '', rawHex: '00ff80' })
  })

  test('with octets that are no text of its alphabet keeps them beside what could be read', () => {
    expect(read({ data_coding: 0, short_message: hex('41 ff') })).toMatchObject({ text: 'A\ufffd', rawHex: '41ff' })
    expect(read({ data_coding: 8, short_message: hex('0041 00') })).toMatchObject({ text: 'A\ufffd', rawHex: '004100' })
  })

  test('in message_payload, short or as data_sm, is read from there', () => {
    expect(read({}, { message_payload: ascii('long text') })).toMatchObject({ text: 'long text' })
    const data = encodePdu({ command: 'data_sm', sequence: 1, tlvs: { message_payload: ascii('data') } })
    expect(readDeliver(decodePdu(data) as DeliverPdu, settings)).toMatchObject({ type: 'mo', text: 'data' })
  })
})

test.each([
  { tables: 'a Turkish single shift', udh: '03 24 01 01', octets: '1b67 1b73 67', text: 'ğşg' },
  { tables: 'a Hindi locking shift', udh: '03 25 01 06', octets: '15 16', text: 'कख' },
  { tables: 'both', udh: '06 24 01 03 25 01 03', octets: '04 1b05', text: 'êê' },
  { tables: 'a language that nobody defined', udh: '03 24 01 63', octets: '1b65', text: '€' },
])('an MO is read with $tables', ({ udh, octets, text }) => {
  expect(read({ esm_class: 0x40, short_message: hex(`${udh} ${octets}`) })).toMatchObject({ type: 'mo', text })
})

describe('field trap 16: parts of long MOs', () => {
  test.each([
    {
      what: 'a UDH with an 8-bit reference',
      fields: { esm_class: 0x40, short_message: hex('05 00 03 2a 02 01 41') },
      part: { reference: 0x2a, referenceBits: 8, total: 2, sequence: 1, encoding: 'gsm7', octets: hex('41') },
    },
    {
      what: 'a UDH with a 16-bit reference',
      fields: { esm_class: 0x40, data_coding: 8, short_message: hex('06 08 04 12 34 02 02 0151') },
      part: { reference: 0x1234, referenceBits: 16, total: 2, sequence: 2, encoding: 'ucs2', octets: hex('0151') },
    },
    {
      what: 'reference 0',
      fields: { esm_class: 0x43, short_message: hex('05 00 03 00 02 01 41') },
      part: { reference: 0, referenceBits: 8, total: 2, sequence: 1, encoding: 'gsm7', octets: hex('41') },
    },
    {
      what: 'a binary part',
      fields: { esm_class: 0x40, data_coding: 4, short_message: hex('05 00 03 01 02 01 ff') },
      part: { reference: 1, referenceBits: 8, total: 2, sequence: 1, encoding: 'binary', octets: hex('ff') },
    },
    {
      what: 'SAR TLVs',
      fields: { short_message: hex('41') },
      tlvs: { sar_msg_ref_num: 0x1234, sar_total_segments: 3, sar_segment_seqnum: 2 },
      part: { reference: 0x1234, referenceBits: 16, total: 3, sequence: 2, encoding: 'gsm7', octets: hex('41') },
    },
    {
      what: 'national tables beside the reference',
      fields: { esm_class: 0x40, short_message: hex('08 00 03 2a 02 01 24 01 01 1b67') },
      part: { total: 2, sequence: 1, encoding: 'gsm7:turkish:', octets: hex('1b67') },
    },
    {
      what: 'a UDH in message_payload',
      fields: { esm_class: 0x40 },
      tlvs: { message_payload: hex('05 00 03 2a 02 01 41') },
      part: { reference: 0x2a, referenceBits: 8, total: 2, sequence: 1, encoding: 'gsm7', octets: hex('41') },
    },
    {
      what: 'UDH and SAR together: the UDH counts',
      fields: { esm_class: 0x40, short_message: hex('05 00 03 2a 02 01 41') },
      tlvs: { sar_msg_ref_num: 9, sar_total_segments: 4, sar_segment_seqnum: 4 },
      part: { reference: 0x2a, referenceBits: 8, total: 2, sequence: 1, encoding: 'gsm7', octets: hex('41') },
    },
  ] as const)('$what', ({ fields, part, ...rest }) => {
    expect(read(fields, 'tlvs' in rest ? rest.tlvs : {})).toMatchObject({ part })
  })

  test.each([
    { what: 'sequence 0', tlvs: { sar_msg_ref_num: 1, sar_total_segments: 2, sar_segment_seqnum: 0 } },
    { what: 'a sequence beyond the total', tlvs: { sar_msg_ref_num: 1, sar_total_segments: 2, sar_segment_seqnum: 3 } },
    { what: 'one part of one', tlvs: { sar_msg_ref_num: 1, sar_total_segments: 1, sar_segment_seqnum: 1 } },
  ])('$what makes a message by itself', ({ tlvs }) => {
    expect(read({ short_message: ascii('YES') }, tlvs)).not.toHaveProperty('part')
  })

  test('a UDH that does not hold together is text', () => {
    expect(read({ esm_class: 0x40, short_message: hex('41 42') })).toMatchObject({ text: 'AB' })
  })
})

describe('field trap 4: receipts', () => {
  const receipt = 'id:7f3a sub:001 dlvrd:001 submit date:2511220930 done date:2511220931 stat:DELIVRD err:000 text:Hi'
  test.each([
    { what: 'the text of appendix B', text: receipt, is: { providerId: '7f3a', state: 'delivered', error: '000' } },
    {
      what: 'no sub, dlvrd and text',
      text: 'id:7f3a stat:UNDELIV err:0054',
      is: { providerId: '7f3a', state: 'undeliverable', error: '0054' },
    },
    {
      what: 'TLVs before text',
      text: receipt,
      tlvs: { receipted_message_id: 'abc', message_state: 5, network_error_code: hex('03 0045') },
      is: { providerId: 'abc', state: 'undeliverable', error: '000' },
    },
    {
      what: 'TLVs alone',
      text: '',
      tlvs: { receipted_message_id: 'abc', message_state: 3, network_error_code: hex('03 0045') },
      is: { providerId: 'abc', state: 'expired', error: '69' },
    },
    {
      what: 'the id in a TLV, the state in the text',
      text: 'stat:REJECTD',
      tlvs: { receipted_message_id: 'abc' },
      is: { providerId: 'abc', state: 'rejected' },
    },
  ])('$what', ({ text, tlvs = {}, is }) => {
    expect(read({ esm_class: 0x04, short_message: ascii(text) }, tlvs)).toMatchObject({ type: 'dlr', ...is })
  })

  test('an intermediate notification is never final', () => {
    expect(read({ esm_class: 0x20, short_message: ascii(receipt) })).toMatchObject({ type: 'dlr', state: 'enroute' })
  })

  test('the mode bits of esm_class do not hide a receipt', () => {
    expect(read({ esm_class: 0x07, short_message: ascii(receipt) })).toMatchObject({ type: 'dlr' })
  })

  test('the TLVs of a receipt make one where the bit is forgotten', () => {
    const tlvs = { receipted_message_id: 'abc', message_state: 2 }
    expect(read({ short_message: ascii(receipt) }, tlvs)).toMatchObject({ type: 'dlr', providerId: 'abc' })
  })

  test('a text that looks like a receipt is an MO where nothing says that it is one', () => {
    expect(read({ short_message: ascii(receipt) })).toMatchObject({ type: 'mo', text: receipt })
  })

  test('a receipt in message_payload is read', () => {
    expect(read({ esm_class: 0x04 }, { message_payload: ascii(receipt) })).toMatchObject({ providerId: '7f3a' })
  })

  test('a receipt that names no message is none', () => {
    expect(read({ esm_class: 0x04, short_message: ascii('stat:DELIVRD') })).toBeUndefined()
  })

  test("a person's acknowledgement with a text is an MO", () => {
    expect(read({ esm_class: 0x10, short_message: ascii('OK, coming') })).toMatchObject({
      type: 'mo',
      text: 'OK, coming',
    })
  })
})

describe('the fingerprint', () => {
  const print = (fields: Partial<MessageFields>, tlvs: TlvValues = {}) => {
    const inbound = read({ short_message: ascii('YES'), ...fields }, tlvs)
    return inbound?.type === 'mo' ? inbound.fingerprint : undefined
  }
  test('is the same for the same text', () => expect(print({})).toBe(print({})))
  test.each<{ what: string; fields?: Partial<MessageFields>; tlvs?: TlvValues }>([
    { what: 'source', fields: { source_addr: '36301234568' } },
    { what: 'destination', fields: { destination_addr: '4041' } },
    { what: 'data_coding', fields: { data_coding: 3 } },
    { what: 'text', fields: { short_message: ascii('NO') } },
    { what: 'UDH', fields: { esm_class: 0x40 } },
    { what: 'SAR', tlvs: { sar_msg_ref_num: 1 } },
    { what: 'payload', tlvs: { message_payload: ascii('x') } },
  ])('is another for another $what', ({ fields = {}, tlvs = {} }) => {
    expect(print(fields, tlvs)).not.toBe(print({}))
  })
})

test('any deliver_sm or data_sm is an MO, a receipt, or nothing', () => {
  const deliveries = arbitraryPdu.filter(({ command }) => command === 'deliver_sm' || command === 'data_sm')
  fc.assert(
    fc.property(deliveries, fc.constantFrom('gsm7', 'latin1', 'ascii'), (pdu, dataCoding0) => {
      const inbound = readDeliver(pdu as DeliverPdu, { ...settings, dataCoding0 })
      if (inbound?.type === 'mo') expect(inbound.text.isWellFormed()).toBe(true)
    }),
    { numRuns: 500 },
  )
})
