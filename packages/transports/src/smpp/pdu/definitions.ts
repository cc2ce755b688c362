/// <reference path="./smpp-defs.d.ts" />
import defs from 'smpp/lib/defs.js'
import type { CommandName, RequestName, ResponseName, TlvName } from './pdu.ts'

/** How a field is written: whole numbers, text up to a NUL, octets behind their length, and the two lists. */
export type FieldKind = 'int8' | 'int16' | 'int32' | 'cstring' | 'octets' | 'destinations' | 'unsuccessful'

/** A mandatory parameter. */
export interface FieldDefinition {
  readonly name: string
  readonly kind: FieldKind
  /** For `cstring`: the longest it may be, with its NUL. */
  readonly maxOctets: number
}

/** How the value of an optional parameter is written; its length stands before it. */
export type TlvKind = 'integer' | 'cstring' | 'text' | 'octets'

/** An optional parameter. */
export interface TlvDefinition {
  readonly name: TlvName
  readonly tag: number
  readonly kind: TlvKind
  /** What an integer is written in. */
  readonly octets: 1 | 2 | 4
  /** It may stand several times: its value is a list. */
  readonly multiple: boolean
}

/** One command: its id and its mandatory parameters in wire order. */
export interface CommandDefinition {
  readonly name: CommandName
  readonly id: number
  readonly fields: readonly FieldDefinition[]
  readonly isResponse: boolean
}

/** The longest text of each C-string field, with its NUL (SMPP 3.4 §4, 5.0 §4), where no other limit is given below. */
const maxOctetsOf: Readonly<Record<string, number>> = {
  system_id: 16,
  // The specification says 9; operators hand out longer ones, and nothing is gained by refusing to use them.
  password: 65,
  system_type: 13,
  address_range: 41,
  service_type: 6,
  source_addr: 21,
  destination_addr: 21,
  esme_addr: 65,
  message_id: 65,
  schedule_delivery_time: 17,
  validity_period: 17,
  final_date: 17,
}
/** data_sm and alert_notification have longer addresses (SMPP 3.4 §4.7.1, §4.12.1). */
const longAddressCommands = new Set(['data_sm', 'alert_notification'])
const LONG_ADDRESS_OCTETS = 65

/** The longest address in the lists of submit_multi and its response, with its NUL. */
export const LIST_ADDRESS_OCTETS = 21

// Names of fields and commands come from npm smpp; that they are exactly the names of our types is what
// definitions.test.ts proves, which makes the two casts below true.
const kindOf = new Map<object, FieldKind>([
  [fieldType('int8'), 'int8'],
  [fieldType('int16'), 'int16'],
  [fieldType('int32'), 'int32'],
  [fieldType('cstring'), 'cstring'],
  [fieldType('buffer'), 'octets'],
  [fieldType('dest_address_array'), 'destinations'],
  [fieldType('unsuccess_sme_array'), 'unsuccessful'],
])
const tlvKindOf = new Map<object, readonly [kind: TlvKind, octets: 1 | 2 | 4]>([
  [tlvType('int8'), ['integer', 1]],
  [tlvType('int16'), ['integer', 2]],
  [tlvType('int32'), ['integer', 4]],
  [tlvType('cstring'), ['cstring', 1]],
  [tlvType('string'), ['text', 1]],
  [tlvType('buffer'), ['octets', 1]],
])

/**
 * Where npm smpp's kind of a TLV does not fit the wire: alert_on_message_delivery is empty in SMPP 3.4 (§5.3.2.41) and
 * one octet in 5.0; dest_addr_np_country is a string of digits, not a number.
 */
const readAsOctets: ReadonlySet<string> = new Set(['alert_on_message_delivery', 'dest_addr_np_country'])

/** All commands by name. */
export const commands = Object.fromEntries(
  Object.entries(defs.commands).map(([name, { id, params = {} }]): [string, CommandDefinition] => [
    name,
    {
      name: name as CommandName,
      id,
      fields: Object.entries(params).map(([field, { type }]) => fieldDefinition(name, field, type)),
      isResponse: name.endsWith('_resp') || name === 'generic_nack',
    },
  ]),
) as Readonly<Record<CommandName, CommandDefinition>>

/** All commands by command_id. */
export const commandsById: ReadonlyMap<number, CommandDefinition> = new Map(
  Object.values(commands).map((command) => [command.id, command]),
)

/** The response of each request. Looked up rather than put together: that would make a text for every PDU. */
export const responseOf = Object.fromEntries(
  Object.keys(commands).flatMap((name) => (`${name}_resp` in commands ? [[name, `${name}_resp`]] : [])),
) as Readonly<Record<RequestName, ResponseName>>

/** The optional parameters by name, without the second names that npm smpp gives to two of them. */
export const tlvs: ReadonlyMap<string, TlvDefinition> = new Map(
  Object.entries(defs.tlvs)
    .filter(([name, { tag }]) => name === tag)
    .map(([name, { id, type, multiple = false }]) => {
      const [kind, octets] = readAsOctets.has(name) ? (['octets', 1] as const) : known(tlvKindOf.get(type), name)
      return [name, { name: name as TlvName, tag: id, kind, octets, multiple }]
    }),
)

/** The optional parameters by tag. */
export const tlvsByTag: ReadonlyMap<number, TlvDefinition> = new Map([...tlvs.values()].map((tlv) => [tlv.tag, tlv]))

/** All statuses that the specifications name: `ESME_ROK` is 0. */
export const statuses = defs.errors

function fieldDefinition(command: string, name: string, type: object): FieldDefinition {
  const isLongAddress = longAddressCommands.has(command) && name.endsWith('_addr')
  return {
    name,
    kind: known(kindOf.get(type), `${command}.${name}`),
    maxOctets: isLongAddress ? LONG_ADDRESS_OCTETS : (maxOctetsOf[name] ?? 0),
  }
}

function fieldType(name: string): object {
  return known(defs.types[name], name)
}

function tlvType(name: string): object {
  return known(defs.types.tlv[name], name)
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`npm smpp defines ${what} in a way that definitions.ts does not know.`)
  return value
}
