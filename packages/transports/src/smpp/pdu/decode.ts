import type { Buffer } from 'node:buffer'
import {
  type CommandDefinition,
  commands,
  commandsById,
  type FieldDefinition,
  type FieldKind,
  LIST_ADDRESS_OCTETS,
  type TlvDefinition,
  tlvsByTag,
} from './definitions.ts'
import { HEADER_OCTETS } from './encode.ts'
import { PduError, type PduHeader } from './errors.ts'
import type { CommandName, MultiDestination, Pdu, TlvValues, UnknownTlv, UnsuccessfulDestination } from './pdu.ts'
import { ESME } from './status.ts'

/**
 * Reads one whole PDU, as the framing cuts them. A response may come without its body, or only with the beginning of it
 * that the peer knows: then the fields are 0 or empty. Octets of texts are read as Latin-1, so that none is lost.
 *
 * @throws PduError with the header of the PDU and the status to answer with, for whatever does not parse.
 */
export function decodePdu(octets: Buffer): Pdu {
  const header = readHeader(octets)
  const command = commandsById.get(header.commandId)
  if (command === undefined) {
    const id = `0x${header.commandId.toString(16).toUpperCase().padStart(8, '0')}`
    throw new PduError(`command_id at octet 4: no command ${id}`, ESME.RINVCMDID, { octetOffset: 4, header })
  }
  const reader = new Reader(octets, command, header)
  const fields: Record<string, unknown> = {}
  const isBodyAbsent = command.isResponse && octets.length === HEADER_OCTETS
  for (const field of command.fields) fields[field.name] = isBodyAbsent ? absent[field.kind] : readField(reader, field)
  const tlvs = reader.isAtEnd ? {} : readTlvs(reader)
  const { status, sequence } = header
  // definitions.test.ts proves that the table of each command has exactly the fields of its type.
  return { command: command.name, status, sequence, fields, tlvs } as Pdu
}

/** A PDU of which only the header is known: its fields are 0 or empty. */
export function emptyPdu<C extends CommandName>(name: C, { status, sequence }: PduHeader): Pdu<C> {
  const fields = Object.fromEntries(commands[name].fields.map((field) => [field.name, absent[field.kind]]))
  return { command: name, status, sequence, fields, tlvs: {} } as unknown as Pdu<C>
}

/** The header of a PDU of at least 16 octets. */
function readHeader(octets: Buffer): PduHeader {
  return { commandId: octets.readUInt32BE(4), status: octets.readUInt32BE(8), sequence: octets.readUInt32BE(12) }
}

const absent: Readonly<Record<FieldKind, unknown>> = {
  int8: 0,
  int16: 0,
  int32: 0,
  cstring: '',
  octets: new Uint8Array(),
  destinations: [],
  unsuccessful: [],
}

function readField(reader: Reader, { name, kind, maxOctets }: FieldDefinition): unknown {
  switch (kind) {
    case 'int8':
      return reader.integer(1, name)
    case 'int16':
      return reader.integer(2, name)
    case 'int32':
      return reader.integer(4, name)
    case 'cstring':
      return reader.cstring(maxOctets, name)
    case 'octets':
      return reader.octets(reader.integer(1, 'sm_length'), name, ESME.RINVMSGLEN)
    case 'destinations':
      return readDestinations(reader)
    case 'unsuccessful':
      return readUnsuccessful(reader)
  }
}

function readDestinations(reader: Reader): readonly MultiDestination[] {
  const count = reader.integer(1, 'number_of_dests')
  return Array.from({ length: count }, () => {
    const flag = reader.integer(1, 'dest_flag')
    if (flag === 1) return readAddress(reader)
    if (flag === 2) return { dl_name: reader.cstring(LIST_ADDRESS_OCTETS, 'dl_name') }
    throw reader.error('dest_flag', `${flag} is neither 1 nor 2`, ESME.RINVDESTFLAG, -1)
  })
}

function readUnsuccessful(reader: Reader): readonly UnsuccessfulDestination[] {
  const count = reader.integer(1, 'no_unsuccess')
  return Array.from({ length: count }, () => ({
    ...readAddress(reader),
    error_status_code: reader.integer(4, 'error_status_code'),
  }))
}

function readAddress(reader: Reader) {
  return {
    dest_addr_ton: reader.integer(1, 'dest_addr_ton'),
    dest_addr_npi: reader.integer(1, 'dest_addr_npi'),
    destination_addr: reader.cstring(LIST_ADDRESS_OCTETS, 'destination_addr'),
  }
}

function readTlvs(reader: Reader): TlvValues {
  const values: Record<string, unknown> = {}
  const unknown: UnknownTlv[] = []
  while (!reader.isAtEnd) {
    const tag = reader.integer(2, 'TLV tag', ESME.RINVTLVSTREAM)
    const definition = tlvsByTag.get(tag)
    const name = definition?.name ?? `TLV 0x${tag.toString(16).toUpperCase().padStart(4, '0')}`
    const length = reader.integer(2, `${name} length`, ESME.RINVTLVSTREAM)
    const octets = reader.octets(length, name, ESME.RINVTLVLEN)
    if (definition === undefined) unknown.push({ tag, octets })
    else addTlv(values, definition, tlvValue(reader, definition, octets))
  }
  return unknown.length > 0 ? { ...values, unknown } : values
}

/** Of a TLV that may stand once, the first counts. */
function addTlv(values: Record<string, unknown>, { name, multiple }: TlvDefinition, value: unknown): void {
  const before = values[name]
  if (multiple) values[name] = Array.isArray(before) ? [...before, value] : [value]
  else if (before === undefined) values[name] = value
}

function tlvValue(reader: Reader, { name, kind }: TlvDefinition, octets: Buffer): number | string | Buffer {
  switch (kind) {
    case 'octets':
      return octets
    case 'text':
      return octets.toString('latin1')
    case 'cstring': {
      // Many peers forget the NUL here, where the length makes it superfluous.
      const end = octets.indexOf(0)
      return octets.toString('latin1', 0, end === -1 ? octets.length : end)
    }
    case 'integer':
      // The length is what the peer says it is: SMSCs send sar_msg_ref_num in one octet, and mean it.
      if (octets.length >= 1 && octets.length <= 4) return octets.readUIntBE(0, octets.length)
      throw reader.error(name, `${octets.length} octets are no whole number`, ESME.RINVTLVLEN, -octets.length)
  }
}

/** Walks through a PDU and knows where it is when something is missing. */
class Reader {
  readonly #octets: Buffer
  readonly #command: CommandDefinition
  readonly #header: PduHeader
  #offset = HEADER_OCTETS

  constructor(octets: Buffer, command: CommandDefinition, header: PduHeader) {
    this.#octets = octets
    this.#command = command
    this.#header = header
  }

  get isAtEnd(): boolean {
    return this.#offset >= this.#octets.length
  }

  integer(octets: 1 | 2 | 4, field: string, status: number = ESME.RINVCMDLEN): number {
    this.#need(octets, field, status)
    const value = octets === 1 ? (this.#octets[this.#offset] ?? 0) : this.#octets.readUIntBE(this.#offset, octets)
    this.#offset += octets
    return value
  }

  cstring(maxOctets: number, field: string): string {
    const start = this.#offset
    const limit = Math.min(start + maxOctets, this.#octets.length)
    let end = start
    while (end < limit && this.#octets[end] !== 0) end++
    if (end === limit) {
      throw this.error(field, `no NUL within ${limit - start} octets`, statusOfField[field] ?? ESME.RINVCMDLEN)
    }
    this.#offset = end + 1
    return start === end ? '' : this.#octets.toString('latin1', start, end)
  }

  octets(length: number, field: string, status: number): Buffer {
    this.#need(length, field, status)
    const start = this.#offset
    this.#offset += length
    return this.#octets.subarray(start, this.#offset)
  }

  error(field: string, problem: string, status: number, shift = 0): PduError {
    const octetOffset = this.#offset + shift
    const message = `${this.#command.name}.${field} at octet ${octetOffset}: ${problem}`
    return new PduError(message, status, { octetOffset, header: this.#header })
  }

  #need(octets: number, field: string, status: number): void {
    const left = this.#octets.length - this.#offset
    if (octets > left) throw this.error(field, `${octets} octets expected, ${left} left`, status)
  }
}

/** What to answer when a text does not end; ESME_RINVCMDLEN where the specification has nothing closer. */
const statusOfField: Readonly<Record<string, number>> = {
  service_type: ESME.RINVSERTYP,
  source_addr: ESME.RINVSRCADR,
  destination_addr: ESME.RINVDSTADR,
  schedule_delivery_time: ESME.RINVSCHED,
  validity_period: ESME.RINVEXPIRY,
  system_id: ESME.RINVSYSID,
  password: ESME.RINVPASWD,
  system_type: ESME.RINVSYSTYP,
}
