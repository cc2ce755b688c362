import fc from 'fast-check'
import { gsm7Characters } from '../gsm7-alphabet.ts'

/** Any text over the GSM 7-bit default alphabet and its extension table, rich in the latter. */
export const gsm7Text = fc.string({
  unit: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...gsm7Characters.basic) },
    { weight: 1, arbitrary: fc.constantFrom(...gsm7Characters.extension) },
  ),
  maxLength: 700,
  size: 'max',
})

/** Any well-formed text, rich in surrogate pairs. */
export const unicodeText = fc.string({
  unit: fc.oneof(
    { weight: 3, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.constantFrom('a', 'ж', '中', '😀', '👍', '€', '\ufeff') },
  ),
  maxLength: 300,
  size: 'max',
})

/** Octets as lower-case hexadecimal digits. */
export function hex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** The octets that hexadecimal digits stand for; blanks between them do not count. */
export function octets(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(digits.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
