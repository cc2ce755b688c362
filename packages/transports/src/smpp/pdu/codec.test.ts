import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitraryPdu } from '../../testing/arbitrary-pdu.ts'
import { decodePdu } from './decode.ts'
import { commands } from './definitions.ts'
import { encodePdu } from './encode.ts'
import { PduError } from './errors.ts'
import type { CommandName, Pdu, PduInput } from './pdu.ts'
import { ESME } from './status.ts'

/** A PDU of hand-written body octets, as a peer might send it. */
function raw(command: CommandName, body: string, status = 0): Buffer {
  const octets = Buffer.concat([Buffer.alloc(16), Buffer.from(body.replace(/\s/g, ''), 'hex')])
  octets.writeUInt32BE(octets.length, 0)
  octets.writeUInt32BE(commands[command].id, 4)
  octets.writeUInt32BE(status, 8)
  octets.writeUInt32BE(7, 12)
  return octets
}

function errorOf(octets: Buffer): PduError {
  try {
    decodePdu(octets)
  } catch (error) {
    if (error instanceof PduError) return error
    throw error
  }
  throw new Error('The PDU was decoded.')
}

test('what is encoded is decoded to the same, for every command', () => {
  fc.assert(
    fc.property(arbitraryPdu, (pdu) => {
      expect(decodePdu(encodePdu(pdu as PduInput))).toEqual(pdu)
    }),
    { numRuns: 1000 },
  )
})

test('any octets with a header are a PDU or a PduError, never anything else', () => {
  const ids = Object.values(commands).map(({ id }) => id)
  fc.assert(
    fc.property(fc.constantFrom(...ids, 0x1234), fc.uint8Array({ maxLength: 300 }), (id, body) => {
      const octets = Buffer.concat([Buffer.alloc(16), body])
      octets.writeUInt32BE(octets.length, 0)
      octets.writeUInt32BE(id, 4)
      try {
        decodePdu(octets)
      } catch (error) {
        expect(error).toBeInstanceOf(PduError)
      }
    }),
    { numRuns: 3000 },
  )
})

test('a PDU cut anywhere, or with any octet changed, is a PDU or a PduError', () => {
  fc.assert(
    fc.property(arbitraryPdu, fc.nat(), fc.nat(255), fc.boolean(), (pdu, place, octet, cut) => {
      const octets = Buffer.from(encodePdu(pdu as PduInput))
      const index = 16 + (place % Math.max(1, octets.length - 16))
      const damaged = cut ? octets.subarray(0, index) : octets
      if (!cut && index < damaged.length) damaged[index] = octet
      try {
        decodePdu(damaged)
      } catch (error) {
        expect(error).toBeInstanceOf(PduError)
      }
    }),
    { numRuns: 2000 },
  )
})

test('a submit_sm has the octets of the specification', () => {
  const octets = encodePdu({
    command: 'submit_sm',
    sequence: 5,
    fields: {
      source_addr_ton: 0,
      source_addr_npi: 1,
      source_addr: '4040',
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      destination_addr: '36301234567',
      registered_delivery: 1,
      short_message: Buffer.from('Hi'),
    },
  })
  expect(octets.toString('hex')).toBe(
    [
      '00000032 00000004 00000000 00000005',
      '00 00 01 3430343000 01 01 333633303132333435363700',
      '00 00 00 00 00 01 00 00 00 02 4869',
    ]
      .join('')
      .replaceAll(' ', ''),
  )
})

describe('a PDU that does not parse says where', () => {
  const addresses = '00 00 00 00 00 00 00' // service_type, source and destination, all empty
  test.each([
    {
      octets: raw('submit_sm', `00 01 01 ${'31'.repeat(30)}`),
      says: 'submit_sm.source_addr at octet 19: no NUL within 21 octets',
      status: ESME.RINVSRCADR,
    },
    {
      octets: raw('deliver_sm', `${addresses} 00 00 00 00 00 00 00 00 00 0a 4869`),
      says: 'deliver_sm.short_message at octet 33: 10 octets expected, 2 left',
      status: ESME.RINVMSGLEN,
    },
    {
      octets: raw('deliver_sm', `${addresses} 00 00 00 00 00 00 00 00 00 02 4869 00`),
      says: 'deliver_sm.TLV tag at octet 35: 2 octets expected, 1 left',
      status: ESME.RINVTLVSTREAM,
    },
    {
      octets: raw('deliver_sm', `${addresses} 00 00 00 00 00 00 00 00 00 00 001e 0005 3132`),
      says: 'deliver_sm.receipted_message_id at octet 37: 5 octets expected, 2 left',
      status: ESME.RINVTLVLEN,
    },
    {
      octets: raw('deliver_sm', `${addresses} 00 00 00 00 00 00 00 00 00 00 0427 0000`),
      says: 'deliver_sm.message_state at octet 37: 0 octets are no whole number',
      status: ESME.RINVTLVLEN,
    },
    {
      octets: raw('bind_transceiver', ''),
      says: 'bind_transceiver.system_id at octet 16: no NUL within 0 octets',
      status: ESME.RINVSYSID,
    },
    {
      octets: raw('submit_multi', '00 00 00 00 01 03'),
      says: 'submit_multi.dest_flag at octet 21: 3 is neither 1 nor 2',
      status: ESME.RINVDESTFLAG,
    },
  ])('$says', ({ octets, says, status }) => {
    const error = errorOf(octets)
    expect(error.message).toBe(says)
    expect(error.status).toBe(status)
    expect(error.header?.sequence).toBe(7)
  })

  test('a command nobody knows is named', () => {
    const octets = encodePdu({ command: 'enquire_link', sequence: 9 })
    octets.writeUInt32BE(0x00010200, 4)
    expect(errorOf(octets)).toMatchObject({
      message: 'command_id at octet 4: no command 0x00010200',
      status: ESME.RINVCMDID,
      header: { sequence: 9 },
    })
  })
})

describe('what peers leave out or shorten is read', () => {
  test.each([
    { what: 'a refusal without a body', octets: raw('submit_sm_resp', '', 0x58), fields: { message_id: '' } },
    { what: 'an answer without a body', octets: raw('deliver_sm_resp', ''), fields: { message_id: '' } },
    {
      what: 'an id of 64 characters',
      octets: raw('submit_sm_resp', `${'61'.repeat(64)}00`),
      fields: { message_id: 'a'.repeat(64) },
    },
  ])('$what', ({ octets, fields }) => expect(decodePdu(octets).fields).toEqual(fields))

  const empty = '00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00'
  test.each([
    { what: 'a sar_msg_ref_num of one octet', tlv: '020c 0001 2a', tlvs: { sar_msg_ref_num: 42 } },
    { what: 'a receipted_message_id without NUL', tlv: '001e 0002 3132', tlvs: { receipted_message_id: '12' } },
    { what: 'a receipted_message_id with NUL', tlv: '001e 0003 313200', tlvs: { receipted_message_id: '12' } },
    { what: 'the first of a repeated TLV', tlv: '0427 0001 02 0427 0001 05', tlvs: { message_state: 2 } },
    {
      what: 'a TLV of a vendor',
      tlv: '1403 0001 ff',
      tlvs: { unknown: [{ tag: 0x1403, octets: Buffer.of(0xff) }] },
    },
  ])('$what', ({ tlv, tlvs }) => expect(decodePdu(raw('deliver_sm', empty + tlv)).tlvs).toEqual(tlvs))
})

describe('what a field cannot carry is refused', () => {
  test.each<{ fields: Partial<Pdu<'submit_sm'>['fields']>; says: string }>([
    { fields: { source_addr: '1'.repeat(21) }, says: 'submit_sm.source_addr: 21 characters do not fit, at most 20 do' },
    { fields: { source_addr: 'a\0b' }, says: 'submit_sm.source_addr: a NUL would end the text early' },
    { fields: { source_addr: 'Ő' }, says: 'submit_sm.source_addr: the character at index 0 is not one octet' },
    { fields: { data_coding: 256 }, says: 'submit_sm.data_coding: 256 is no whole number of 1 octets' },
    {
      fields: { short_message: new Uint8Array(256) },
      says: 'submit_sm.length of short_message: 256 is no whole number of 1 octets',
    },
  ])('$says', ({ fields, says }) => {
    expect(() => encodePdu({ command: 'submit_sm', sequence: 1, fields })).toThrow(new PduError(says, ESME.RSYSERR))
  })
})
