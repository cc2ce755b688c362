import fc from 'fast-check'
import { commands, type FieldDefinition, tlvs } from '../smpp/pdu/definitions.ts'
import type { Pdu } from '../smpp/pdu/pdu.ts'

const latin1 = (maxLength: number) =>
  fc.array(fc.integer({ min: 1, max: 255 }), { maxLength }).map((octets) => String.fromCharCode(...octets))

const octets = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array))

const address = {
  dest_addr_ton: fc.integer({ min: 0, max: 255 }),
  dest_addr_npi: fc.integer({ min: 0, max: 255 }),
  destination_addr: latin1(20),
}

function fieldValue({ kind, maxOctets }: FieldDefinition): fc.Arbitrary<unknown> {
  switch (kind) {
    case 'int8':
      return fc.integer({ min: 0, max: 0xff })
    case 'int16':
      return fc.integer({ min: 0, max: 0xffff })
    case 'int32':
      return fc.integer({ min: 0, max: 0xffffffff })
    case 'cstring':
      return latin1(maxOctets - 1)
    case 'octets':
      return octets(255)
    case 'destinations':
      return fc.array(fc.oneof(fc.record(address), fc.record({ dl_name: latin1(20) })), { maxLength: 5 })
    case 'unsuccessful':
      return fc.array(fc.record({ ...address, error_status_code: fc.integer({ min: 0, max: 0xffffffff }) }), {
        maxLength: 5,
      })
  }
}

const tlvValues = fc
  .record(
    Object.fromEntries(
      [...tlvs.values()].map(({ name, kind, octets: width, multiple }) => {
        const one: fc.Arbitrary<unknown> =
          kind === 'integer'
            ? fc.integer({ min: 0, max: 2 ** (8 * width) - 1 })
            : kind === 'octets'
              ? octets(80)
              : latin1(40)
        return [name, multiple ? fc.array(one, { minLength: 1, maxLength: 3 }) : one]
      }),
    ),
    { requiredKeys: [] },
  )
  .chain((known) =>
    fc
      .array(fc.record({ tag: fc.integer({ min: 0x1400, max: 0x3fff }), octets: octets(20) }), { maxLength: 2 })
      .map((unknown) => (unknown.length > 0 ? { ...known, unknown } : known)),
  )

/** Any PDU of any command that the tables can say; responses that refuse among them. */
export const arbitraryPdu: fc.Arbitrary<Pdu> = fc.constantFrom(...Object.values(commands)).chain(
  ({ name, fields, isResponse }) =>
    fc.record({
      command: fc.constant(name),
      status: isResponse ? fc.integer({ min: 0, max: 0xffff }) : fc.constant(0),
      sequence: fc.integer({ min: 0, max: 0xffffffff }),
      fields: fc.record(Object.fromEntries(fields.map((field) => [field.name, fieldValue(field)]))),
      tlvs: fields.length === 0 ? fc.constant({}) : tlvValues,
    }) as fc.Arbitrary<Pdu>,
)
