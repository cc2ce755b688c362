import {
  type Concatenation,
  decodeText,
  decodeUdh,
  findNationalTables,
  type InformationElement,
  nationalCharset,
  type ReadableCharset,
  SmsError,
} from '@textloom/sms'

/** The text of a message or of one part of it, whichever way its protocol carries it. */
export interface Body {
  /** Without a UDH. */
  readonly octets: Uint8Array
  readonly charset: ReadableCharset | undefined
  /** Undefined for binary data that is not UTF-8 either. */
  readonly text: string | undefined
  readonly concatenation: Concatenation | undefined
}

/** What the octets of a body say: by the tables that its UDH names (3GPP TS 23.040 §9.2.3.24.15, .24.16). */
export function readText(
  octets: Uint8Array,
  told: ReadableCharset | undefined,
  elements: readonly InformationElement[],
): Pick<Body, 'charset' | 'text'> {
  const tables = told === 'gsm7' ? findNationalTables(elements) : undefined
  const charset = tables === undefined ? told : nationalCharset(tables)
  return { charset, text: charset === undefined ? utf8(octets) : decodeText(octets, charset, { invalid: 'replace' }) }
}

/** The header at the beginning of octets. One that does not hold together is text, as 3GPP TS 23.040 §9.2.3.24 asks. */
export function readUdh(octets: Uint8Array) {
  try {
    return decodeUdh(octets)
  } catch (error) {
    if (error instanceof SmsError) return undefined
    throw error
  }
}

/**
 * The text of octets that claim to be binary, if they are UTF-8: Kannel sends the text of its configuration so in
 * data_coding 4. Control characters say that it is no text.
 */
export function utf8(octets: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(octets)
    return /(?![\t\r\n])\p{Cc}/u.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
