/**
 * The languages that have tables of their own beside the GSM 7-bit default alphabet, in the order of their identifiers,
 * which begin with 1 (3GPP TS 23.038 §6.2.1.2.4).
 */
export const nationalLanguages = [
  'turkish',
  'spanish',
  'portuguese',
  'bengali',
  'gujarati',
  'hindi',
  'kannada',
  'malayalam',
  'oriya',
  'punjabi',
  'tamil',
  'telugu',
  'urdu',
] as const

/** A language with tables of its own. */
export type NationalLanguage = (typeof nationalLanguages)[number]

/** Which tables a text is written with; what is absent is that of the default alphabet. */
export interface NationalTables {
  /** In the place of the extension table: its characters take two septets. */
  readonly singleShift?: NationalLanguage
  /** In the place of the default alphabet: its characters take one septet. Spanish has none. */
  readonly lockingShift?: NationalLanguage
}
