import { Buffer } from 'node:buffer'
import { commands, type FieldDefinition, LIST_ADDRESS_OCTETS, type TlvDefinition, tlvs } from './definitions.ts'
import { PduError } from './errors.ts'
import type { CommandName, MultiDestination, PduInput, TlvValues, UnknownTlv, UnsuccessfulDestination } from './pdu.ts'
import { ESME } from './status.ts'

/** command_length, command_id, command_status and sequence_number, four octets each (SMPP 3.4 §3.2). */
export const HEADER_OCTETS = 16

/**
 * Writes a PDU. Fields that are not given are 0 or empty. A response that refuses keeps its body too: SMPP 3.4 §4.4.2
 * leaves it out, 5.0 §4.2.3 keeps it, and there are readers (Kannel) that miss it.
 *
 * @throws PduError for a value that its field cannot carry.
 */
export function encodePdu<C extends CommandName>(pdu: PduInput<C>): Buffer {
  const { id, fields } = commands[pdu.command]
  const values: Readonly<Record<string, unknown>> = pdu.fields ?? {}
  writer.begin(pdu.command)
  writer.uint32(0)
  writer.uint32(id)
  writer.uint32(pdu.status ?? ESME.ROK)
  writer.uint32(pdu.sequence)
  for (const field of fields) writeField(writer, field, values[field.name])
  if (pdu.tlvs !== undefined) writeTlvs(writer, pdu.tlvs)
  return writer.finish()
}

function writeField(writer: Writer, { name, kind, maxOctets }: FieldDefinition, value: unknown): void {
  // What is absent goes a shorter way: most fields of a submit_sm are.
  const isOneOctet = kind === 'int8' || kind === 'cstring' || kind === 'octets'
  if (value === undefined && isOneOctet) {
    writer.zero()
    return
  }
  switch (kind) {
    case 'int8':
      writer.integer(value as number, 1, name)
      break
    case 'int16':
      writer.integer((value ?? 0) as number, 2, name)
      break
    case 'int32':
      writer.integer((value ?? 0) as number, 4, name)
      break
    case 'cstring':
      writer.cstring(value as string, maxOctets, name)
      break
    case 'octets':
      writeOctets(writer, value as Uint8Array, name)
      break
    case 'destinations':
      writeDestinations(writer, (value ?? []) as readonly MultiDestination[])
      break
    case 'unsuccessful':
      writeUnsuccessful(writer, (value ?? []) as readonly UnsuccessfulDestination[])
      break
  }
}

function writeOctets(writer: Writer, value: Uint8Array, name: string): void {
  if (value.length > 0xff) throw writer.error(`length of ${name}`, `${value.length} is no whole number of 1 octets`)
  writer.integer(value.length, 1, name)
  writer.octets(value)
}

function writeDestinations(writer: Writer, value: readonly MultiDestination[]): void {
  writer.integer(value.length, 1, 'number_of_dests')
  for (const destination of value) {
    const isList = 'dl_name' in destination
    writer.integer(isList ? 2 : 1, 1, 'dest_flag')
    if (isList) writer.cstring(destination.dl_name, LIST_ADDRESS_OCTETS, 'dl_name')
    else writeAddress(writer, destination)
  }
}

function writeUnsuccessful(writer: Writer, value: readonly UnsuccessfulDestination[]): void {
  writer.integer(value.length, 1, 'no_unsuccess')
  for (const destination of value) {
    writeAddress(writer, destination)
    writer.integer(destination.error_status_code, 4, 'error_status_code')
  }
}

function writeAddress(writer: Writer, address: Exclude<MultiDestination, { readonly dl_name: string }>): void {
  writer.integer(address.dest_addr_ton, 1, 'dest_addr_ton')
  writer.integer(address.dest_addr_npi, 1, 'dest_addr_npi')
  writer.cstring(address.destination_addr, LIST_ADDRESS_OCTETS, 'destination_addr')
}

function writeTlvs(writer: Writer, { unknown = [], ...values }: TlvValues): void {
  for (const [name, value] of Object.entries(values)) {
    const tlv = tlvs.get(name)
    if (tlv === undefined) throw writer.error(name, 'no TLV has this name')
    if (value === undefined) continue
    const list = tlv.multiple ? (value as readonly unknown[]) : [value]
    for (const one of list) writer.tlv(tlv.tag, tlvOctets(writer, tlv, one))
  }
  for (const { tag, octets } of unknown satisfies readonly UnknownTlv[]) writer.tlv(tag, octets)
}

function tlvOctets(writer: Writer, { name, kind, octets }: TlvDefinition, value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return writer.latin1(kind === 'cstring' ? `${value}\0` : value, name)
  const integer = Buffer.alloc(octets)
  writer.check(Number(value), octets, name)
  integer.writeUIntBE(Number(value), 0, octets)
  return integer
}

const INITIAL_OCTETS = 512
/** The pad does not keep the size of the largest PDU there ever was. */
const MAX_KEPT_OCTETS = 65_536

/** A pad that grows, on which one PDU after another is written, and that knows which one when something does not fit. */
class Writer {
  #buffer = Buffer.alloc(INITIAL_OCTETS)
  #length = 0
  #command = ''

  begin(command: string): void {
    this.#command = command
    this.#length = 0
    if (this.#buffer.length > MAX_KEPT_OCTETS) this.#buffer = Buffer.alloc(INITIAL_OCTETS)
  }

  /** One octet, which is an absent number, text or list of octets. */
  zero(): void {
    this.#reserve(1)
    this.#buffer[this.#length++] = 0
  }

  uint32(value: number): void {
    this.#reserve(4)
    this.#length = this.#buffer.writeUInt32BE(value >>> 0, this.#length)
  }

  integer(value: number, octets: 1 | 2 | 4, field: string): void {
    this.check(value, octets, field)
    this.#reserve(octets)
    if (octets === 1) this.#buffer[this.#length++] = value
    else this.#length = this.#buffer.writeUIntBE(value, this.#length, octets)
  }

  cstring(value: string, maxOctets: number, field: string): void {
    if (value.length >= maxOctets) {
      throw this.error(field, `${value.length} characters do not fit, at most ${maxOctets - 1} do`)
    }
    this.#reserve(value.length + 1)
    for (let index = 0; index < value.length; index++) {
      const octet = value.charCodeAt(index)
      if (octet === 0) throw this.error(field, 'a NUL would end the text early')
      if (octet > 0xff) throw this.notLatin1(field, index)
      this.#buffer[this.#length++] = octet
    }
    this.#buffer[this.#length++] = 0
  }

  octets(value: Uint8Array): void {
    this.#reserve(value.length)
    this.#buffer.set(value, this.#length)
    this.#length += value.length
  }

  tlv(tag: number, value: Uint8Array): void {
    this.integer(tag, 2, 'a TLV tag')
    this.integer(value.length, 2, 'the length of a TLV')
    this.octets(value)
  }

  latin1(value: string, field: string): Buffer {
    for (let index = 0; index < value.length; index++) {
      if (value.charCodeAt(index) > 0xff) throw this.notLatin1(field, index)
    }
    return Buffer.from(value, 'latin1')
  }

  check(value: number, octets: number, field: string): void {
    if (Number.isInteger(value) && value >= 0 && value <= (octets === 1 ? 0xff : 2 ** (8 * octets) - 1)) return
    throw this.error(field, `${value} is no whole number of ${octets} octets`)
  }

  notLatin1(field: string, index: number): PduError {
    return this.error(field, `the character at index ${index} is not one octet`)
  }

  error(field: string, problem: string): PduError {
    return new PduError(`${this.#command}.${field}: ${problem}`, ESME.RSYSERR)
  }

  finish(): Buffer {
    this.#buffer.writeUInt32BE(this.#length, 0)
    const octets = Buffer.allocUnsafe(this.#length)
    this.#buffer.copy(octets, 0, 0, this.#length)
    return octets
  }

  #reserve(octets: number): void {
    if (this.#length + octets <= this.#buffer.length) return
    const larger = Buffer.alloc(Math.max(this.#buffer.length * 2, this.#length + octets))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}

// One pad for all: nothing is written into it between begin and finish but one PDU.
const writer = new Writer()
