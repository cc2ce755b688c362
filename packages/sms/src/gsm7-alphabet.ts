/**
 * A GSM 7-bit alphabet as lookup tables: one basic table of 128 characters and one extension table reached through ESC.
 * All characters are single UTF-16 code units.
 */
export interface Gsm7Alphabet {
  /** Code unit → septet, or `ESCAPED | septet` for the extension table, or `NOT_IN_ALPHABET`. Beyond its end: not in it. */
  readonly codeOfUnit: Uint16Array
  /** Septet → code unit. */
  readonly basicUnits: Uint16Array
  /** Septet after ESC → code unit, with the fallbacks of the specification filled in. */
  readonly extensionUnits: Uint16Array
}

/** The septet that announces a character of the extension table. */
export const ESC = 0x1b
/** Marks a code of {@link Gsm7Alphabet.codeOfUnit} that takes two septets: ESC, then the low seven bits. */
export const ESCAPED = 0x80
/** The code of a code unit that the alphabet does not have. */
export const NOT_IN_ALPHABET = 0xffff

const SPACE = 0x20

/** 3GPP TS 23.038 §6.2.1, sixteen characters a row. U+001B holds the place of ESC and is no character. */
export const defaultBasicTable: string = [
  '@£$¥èéùìòÇ\nØø\rÅå',
  'Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ',
  ' !"#¤%&\'()*+,-./',
  '0123456789:;<=>?',
  '¡ABCDEFGHIJKLMNO',
  'PQRSTUVWXYZÄÖÑÜ§',
  '¿abcdefghijklmno',
  'pqrstuvwxyzäöñüà',
].join('')

/** 3GPP TS 23.038 §6.2.1.1: what follows ESC, a space where nothing does. 0x0A is the page break, U+000C in Unicode. */
export const defaultExtensionTable: string = [
  '          \f     ',
  '    ^           ',
  '        {}     \\',
  '            [~] ',
  '|               ',
  '                ',
  '     €          ',
  '                ',
].join('')

/** The GSM 7-bit default alphabet with its extension table (3GPP TS 23.038 §6.2.1 and §6.2.1.1). */
export const defaultAlphabet: Gsm7Alphabet = buildAlphabet(defaultBasicTable, defaultExtensionTable)

/** All characters of {@link defaultAlphabet}: those of one septet and those of two. */
export const gsm7Characters: { readonly basic: readonly string[]; readonly extension: readonly string[] } = {
  basic: [...defaultBasicTable].filter((character) => character.charCodeAt(0) !== ESC),
  extension: [...defaultExtensionTable].filter((character) => character !== ' '),
}

/**
 * The lookup tables of an alphabet.
 * @param basic 128 characters; a space anywhere but at 0x20 is a code without one
 * @param extension what ESC makes of each septet, 128 characters; a space where it makes nothing
 */
export function buildAlphabet(basic: string, extension: string): Gsm7Alphabet {
  const basicUnits = Uint16Array.from(basic, (character) => character.charCodeAt(0))
  // §6.2.1: whoever does not understand the escape shows it as a space; so does an ESC with nothing behind it.
  basicUnits[ESC] = SPACE
  // §6.2.1.1: a code without a symbol here shows the character of the basic table; ESC ESC is reserved, shown as a space.
  const extensionUnits = Uint16Array.from(extension, (character, septet) =>
    character === ' ' ? (basicUnits[septet] ?? SPACE) : character.charCodeAt(0),
  )
  const codeOfUnit = new Uint16Array(1 + Math.max(...basicUnits, ...extensionUnits))
  codeOfUnit.fill(NOT_IN_ALPHABET)
  extensionUnits.forEach((unit, septet) => {
    if (extension[septet] !== ' ') codeOfUnit[unit] = ESCAPED | septet
  })
  // Portuguese has some characters in both of its tables: one septet is cheaper than two.
  basicUnits.forEach((unit, septet) => {
    if (unit !== SPACE) codeOfUnit[unit] = septet
  })
  codeOfUnit[SPACE] = SPACE
  return { codeOfUnit, basicUnits, extensionUnits }
}
