import { Buffer } from 'node:buffer'
import type { OutboundMt } from '@textloom/core'
import * as z from 'zod'
import { tlvsByTag } from './pdu/definitions.ts'
import type { TlvValues, UnknownTlv } from './pdu/pdu.ts'

/** What may stand in the text of a TLV, by what it stands for. */
const values = {
  to: ({ to }) => to,
  toDigits: ({ to }) => to.replace(/\D/g, ''),
  from: ({ from }) => from,
  fromDigits: ({ from }) => from.replace(/\D/g, ''),
  id: ({ key }) => key,
} satisfies Readonly<Record<string, (mt: OutboundMt) => string>>

type Placeholder = keyof typeof values

const placeholder = /\{\{\s*(\w*)\s*\}\}/g
const octetsOfInteger = { int8: 1, int16: 2, int32: 4 } as const

const tagSchema = z.string().regex(/^0x[\da-f]{1,4}$/i, 'must be a tag such as 0x1401')

const sentSchema = z
  .strictObject({
    type: z.enum(['text', 'cstring', 'int8', 'int16', 'int32', 'hex']).default('text'),
    value: z.string().max(200),
  })
  .superRefine(({ type, value }, context) => {
    const problem = problemOf(type, value)
    if (problem !== undefined) context.addIssue({ code: 'custom', path: ['value'], message: problem })
  })

const receivedSchema = z.strictObject({ tag: tagSchema, type: z.enum(['text', 'integer', 'hex']).default('text') })

/** TLVs beyond those that a link sends by itself, by tag: vendors define 0x1400 to 0x3FFF (SMPP 3.4 §5.3.2). */
export const submitTlvsSchema = z.record(tagSchema, sentSchema)
/** TLVs of MOs that are kept with them, by the name they get. */
export const deliverTlvsSchema = z.record(
  z.string().regex(/^[a-z]\w{0,31}$/i, 'must be a name of letters and digits'),
  receivedSchema,
)

export type SubmitTlvs = z.output<typeof submitTlvsSchema>
export type DeliverTlvs = z.output<typeof deliverTlvsSchema>

type SentType = z.output<typeof sentSchema>['type']

function problemOf(type: SentType, value: string): string | undefined {
  if (type === 'hex') return /^([\da-f]{2})*$/i.test(value) ? undefined : 'must be hex octets'
  if (type === 'text' || type === 'cstring') {
    const unknown = [...value.matchAll(placeholder)].map(([, name = '']) => name).find((name) => !isPlaceholder(name))
    if (unknown !== undefined) {
      return `has {{${unknown}}}; there are ${Object.keys(values)
        .map((name) => `{{${name}}}`)
        .join(', ')}`
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: Latin-1 is what one octet can say
    return /^[\u0001-\u00ff]*$/.test(value) ? undefined : 'has a character that is not one octet'
  }
  const isWhole = /^\d+$/.test(value) && Number(value) < 2 ** (8 * octetsOfInteger[type])
  return isWhole ? undefined : `must be a whole number of ${octetsOfInteger[type]} octets`
}

/** The TLVs of one submit_sm of an MT. */
export function vendorTlvs(mt: OutboundMt, tlvs: SubmitTlvs): readonly UnknownTlv[] {
  return Object.entries(tlvs).map(([tag, { type, value }]) => ({ tag: Number(tag), octets: octetsOf(mt, type, value) }))
}

function octetsOf(mt: OutboundMt, type: SentType, value: string): Uint8Array {
  switch (type) {
    case 'hex':
      return Buffer.from(value, 'hex')
    case 'text':
      return Buffer.from(filled(mt, value), 'latin1')
    case 'cstring':
      return Buffer.from(`${filled(mt, value)}\0`, 'latin1')
    default: {
      const octets = Buffer.alloc(octetsOfInteger[type])
      octets.writeUIntBE(Number(value), 0, octets.length)
      return octets
    }
  }
}

function filled(mt: OutboundMt, value: string): string {
  return value.replaceAll(placeholder, (whole, name: string) => (isPlaceholder(name) ? values[name](mt) : whole))
}

function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(values, name)
}

/** What the TLVs of a deliver_sm say, by the names of the settings; undefined where none of them is there. */
export function namedTlvs(
  tlvs: TlvValues,
  named: DeliverTlvs,
): { readonly [name: string]: string | number } | undefined {
  const facts = Object.entries(named).flatMap(([name, { tag, type }]) => {
    const value = valueAt(tlvs, Number(tag))
    const said = value === undefined ? undefined : saidAs(type, value)
    return said === undefined ? [] : [[name, said] as const]
  })
  return facts.length === 0 ? undefined : Object.fromEntries(facts)
}

function valueAt(tlvs: TlvValues, tag: number): unknown {
  const known = tlvsByTag.get(tag)
  return known === undefined ? tlvs.unknown?.find((tlv) => tlv.tag === tag)?.octets : tlvs[known.name]
}

function saidAs(type: DeliverTlvs[string]['type'], value: unknown): string | number | undefined {
  if (typeof value === 'number') return type === 'integer' ? value : String(value)
  const octets =
    typeof value === 'string'
      ? Buffer.from(value, 'latin1')
      : value instanceof Uint8Array
        ? Buffer.from(value)
        : undefined
  if (octets === undefined) return undefined
  if (type === 'hex') return octets.toString('hex')
  if (type === 'text') return octets.toString('latin1').replace(/\0+$/, '')
  return octets.length >= 1 && octets.length <= 6 ? octets.readUIntBE(0, octets.length) : undefined
}
