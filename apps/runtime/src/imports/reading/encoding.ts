import { isUtf8 } from 'node:buffer'
import { FileRefusal } from './file-refusal.ts'

/** The encodings that a text can be read in, by their WHATWG names. */
export const fileEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1250', 'windows-1252', 'windows-1251'] as const

export type FileEncoding = (typeof fileEncodings)[number]

/** How a text is encoded, as far as its octets tell. */
export interface FoundEncoding {
  readonly encoding: FileEncoding
  /** True where a mark or the octets themselves leave no doubt; else it is the likeliest. */
  readonly isSure: boolean
  /** True where the text begins with a byte order mark. */
  readonly hasMark: boolean
}

/** The octets that are looked at where the octets alone decide nothing. */
const SAMPLE = 256_000

/** Countries where a spreadsheet writes its CSV files in Windows-1250 or -1251; all others in -1252. */
const central = new Set(['AL', 'BA', 'CZ', 'HR', 'HU', 'ME', 'PL', 'RO', 'RS', 'SI', 'SK'])
const cyrillic = new Set(['BG', 'BY', 'KG', 'KZ', 'MK', 'RU', 'UA'])

/**
 * Finds out how a text is encoded: by its mark, by being UTF-8, by the zeros of UTF-16, and else by the frequency of its
 * letters and the country of whoever sends it (ISO 3166).
 * @throws FileRefusal for what is no text
 */
export async function findEncoding(octets: Uint8Array, country?: string): Promise<FoundEncoding> {
  const [a, b, c] = octets
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', isSure: true, hasMark: true }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', isSure: true, hasMark: true }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', isSure: true, hasMark: true }
  const sample = octets.subarray(0, SAMPLE)
  const zeros = zerosOf(sample)
  if (zeros.even + zeros.odd > 0) {
    // Most characters of any table (separators, digits, line ends) are below U+0100: half of the octets are zero.
    const most = sample.length / 2
    if (zeros.odd > 0.3 * most && zeros.even < 0.05 * most)
      return { encoding: 'utf-16le', isSure: true, hasMark: false }
    if (zeros.even > 0.3 * most && zeros.odd < 0.05 * most)
      return { encoding: 'utf-16be', isSure: true, hasMark: false }
    throw new FileRefusal('not-a-table', 'This is no text and no workbook: choose a .csv or .xlsx file.')
  }
  if (isUtf8(octets)) return { encoding: 'utf-8', isSure: true, hasMark: false }
  return { encoding: await codePage(sample, country), isSure: false, hasMark: false }
}

function zerosOf(sample: Uint8Array): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 }
  for (const [index, octet] of sample.entries()) if (octet === 0) zeros[index % 2 === 0 ? 'even' : 'odd'] += 1
  return zeros
}

async function codePage(sample: Uint8Array, country = ''): Promise<FileEncoding> {
  const home = country.toUpperCase()
  // Where the country has one, its page is what its spreadsheets write.
  if (central.has(home)) return 'windows-1250'
  if (cyrillic.has(home)) return 'windows-1251'
  // Its tables are large, and few files need them.
  const { detect } = await import('jschardet')
  const guess = detect(Buffer.from(sample), {
    detectEncodings: ['windows-1250', 'windows-1251', 'windows-1252', 'ISO-8859-2', 'ISO-8859-1'],
  }).encoding?.toLowerCase()
  if (guess === 'windows-1250' || guess === 'iso-8859-2') return 'windows-1250'
  return guess === 'windows-1251' ? 'windows-1251' : 'windows-1252'
}
