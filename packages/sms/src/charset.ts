import type { DecodeOptions } from './code-units.ts'
import { decodeGsm7, encodeGsm7, isGsm7 } from './gsm7.ts'
import { nationalAlphabet } from './national/alphabet.ts'
import { type NationalCharset, tablesOfCharset } from './national/charset.ts'
import { decodeAscii, decodeLatin1, encodeAscii, encodeLatin1, isAscii, isLatin1 } from './single-octet.ts'
import { decodeUcs2, encodeUcs2 } from './ucs2.ts'

/** An alphabet this package can both write and read. `gsm7` is unpacked here: one septet per octet, as SMPP carries it. */
export type Charset = 'gsm7' | 'ascii' | 'latin1' | 'ucs2'

/** An alphabet this package can read: {@link Charset}, and those that only a network of its country sends. */
export type ReadableCharset = Charset | NationalCharset | 'iso-8859-5' | 'iso-8859-8'

/** Encodes text in the given alphabet. @throws SmsError `sms/unencodable` if it does not fit; see {@link fitsCharset}. */
export function encodeText(text: string, charset: Charset): Uint8Array<ArrayBuffer> {
  return codecs[charset].encode(text)
}

/**
 * Decodes octets in the given alphabet.
 *
 * @throws SmsError `sms/invalid-octet` or `sms/odd-octets`, unless `invalid` is `'replace'`: then always a text.
 */
export function decodeText(octets: Uint8Array, charset: ReadableCharset, options: DecodeOptions = {}): string {
  if (charset === 'iso-8859-5' || charset === 'iso-8859-8') return new TextDecoder(charset).decode(octets)
  if (isOwn(charset)) return codecs[charset].decode(octets, options)
  return decodeGsm7(octets, { ...options, alphabet: nationalAlphabet(tablesOfCharset(charset) ?? {}) })
}

/** Whether the whole text can be encoded in the given alphabet. */
export function fitsCharset(text: string, charset: Charset): boolean {
  return codecs[charset].fits(text)
}

function isOwn(charset: ReadableCharset): charset is Charset {
  return Object.hasOwn(codecs, charset)
}

interface Codec {
  encode(text: string): Uint8Array<ArrayBuffer>
  decode(octets: Uint8Array, options: DecodeOptions): string
  fits(text: string): boolean
}

const codecs: Readonly<Record<Charset, Codec>> = {
  gsm7: { encode: (text) => encodeGsm7(text), decode: decodeGsm7, fits: isGsm7 },
  ascii: { encode: encodeAscii, decode: decodeAscii, fits: isAscii },
  latin1: { encode: encodeLatin1, decode: decodeLatin1, fits: isLatin1 },
  ucs2: { encode: encodeUcs2, decode: decodeUcs2, fits: () => true },
}
