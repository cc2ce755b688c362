import { findConcatenation, type ReadableCharset } from '@textloom/sms'
import { type Body, readText, readUdh } from '../message/body.ts'

/** Reads a body whose header stands in a field of its own; a header that does not hold together is none. */
export function headedBody(octets: Uint8Array, charset: ReadableCharset | undefined, udh: Uint8Array): Body {
  const elements = udh.length === 0 ? [] : (readUdh(udh)?.elements ?? [])
  return { octets, ...readText(octets, charset, elements), concatenation: findConcatenation(elements) }
}
