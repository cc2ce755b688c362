import { type NationalTables, nationalLanguages } from './languages.ts'

/**
 * GSM 7-bit by national tables, single shift and locking shift, as one word that can be kept beside the octets:
 * `gsm7:turkish:` or `gsm7:hindi:hindi`.
 */
export type NationalCharset = `gsm7:${string}:${string}`

/** The alphabet of text that announces these tables. */
export function nationalCharset({ singleShift, lockingShift }: NationalTables): NationalCharset {
  return `gsm7:${singleShift ?? ''}:${lockingShift ?? ''}`
}

/** The tables that the word stands for; undefined if it is another alphabet's. */
export function tablesOfCharset(charset: string): NationalTables | undefined {
  const [alphabet, single, locking] = charset.split(':')
  if (alphabet !== 'gsm7' || single === undefined) return undefined
  const singleShift = nationalLanguages.find((language) => language === single)
  const lockingShift = nationalLanguages.find((language) => language === locking)
  return {
    ...(singleShift === undefined ? {} : { singleShift }),
    ...(lockingShift === undefined ? {} : { lockingShift }),
  }
}
