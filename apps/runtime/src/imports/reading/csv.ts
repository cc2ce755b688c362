import Papa from 'papaparse'
import type { FileEncoding } from './encoding.ts'
import { FileRefusal } from './file-refusal.ts'
import { fileLimits } from './limits.ts'

/** What may stand between the values of a text. */
export const delimiters = [',', ';', '\t', '|'] as const

export type Delimiter = (typeof delimiters)[number]

const SLICE = 256_000

/** The whole text, a slice at a time, with LF at the end of its lines. */
function* slices(octets: Uint8Array, encoding: FileEncoding): Generator<string> {
  const decoder = new TextDecoder(encoding)
  let held = ''
  for (let at = 0; at < octets.length; at += SLICE) {
    const isLast = at + SLICE >= octets.length
    const text = held + decoder.decode(octets.subarray(at, at + SLICE), { stream: !isLast })
    // A CR at the end may be half of a CRLF.
    held = !isLast && text.endsWith('\r') ? '\r' : ''
    yield text.slice(0, text.length - held.length).replace(/\r\n?/g, '\n')
  }
}

/**
 * The rows of a text of separated values (RFC 4180), as they come: a text of any length takes the memory of a slice.
 * @throws FileRefusal where a quotation mark is never closed
 */
export function* csvRows(octets: Uint8Array, encoding: FileEncoding, delimiter: Delimiter): Generator<string[]> {
  const parser = new Papa.Parser({ delimiter, newline: '\n' })
  let pending = ''
  let row = 0
  for (const slice of slices(octets, encoding)) {
    pending += slice
    const { data, meta } = parse(parser, pending, true)
    row += data.length
    yield* data
    pending = pending.slice(meta.cursor)
    if (pending.length > fileLimits.row) throw endlessRow(row + 1)
  }
  const { data, errors } = parse(parser, pending, false)
  const unclosed = errors.find(({ code }) => code === 'MissingQuotes')
  if (unclosed !== undefined) throw endlessRow(row + (unclosed.row ?? 0) + 1)
  yield* data
}

interface Parsed {
  readonly data: string[][]
  readonly errors: readonly Papa.ParseError[]
  readonly meta: { readonly cursor: number }
}

function parse(parser: Papa.Parser, text: string, isPartOnly: boolean): Parsed {
  if (text === '') return { data: [], errors: [], meta: { cursor: 0 } }
  return parser.parse(text, 0, isPartOnly) as unknown as Parsed
}

function endlessRow(row: number): FileRefusal {
  return new FileRefusal(
    'damaged',
    `A quotation mark (") in row ${row} is never closed, so that everything behind it is one value: close it, or take it out.`,
  )
}

/** The rows whose delimiters are counted. */
const LOOKED_AT = 20

/** What most likely stands between the values: what cuts the first rows into the same number of them, the more the better. */
export function findDelimiter(octets: Uint8Array, encoding: FileEncoding): Delimiter {
  const head = octets.subarray(0, SLICE)
  const [first = ''] = slices(head, encoding)
  // Excel says it itself where it was told to: `sep=;` in the first line.
  const said = /^\uFEFF?sep=(.)\n/.exec(first)?.[1]
  const told = delimiters.find((one) => one === said)
  if (told !== undefined) return told
  const scores = delimiters.map((delimiter) => {
    const { data } = parse(new Papa.Parser({ delimiter, newline: '\n', preview: LOOKED_AT }), first, false)
    const counts = data.filter((row) => row.length > 1 || row[0] !== '').map(({ length }) => length)
    const columns = counts[0] ?? 1
    const same = counts.filter((count) => count === columns).length
    return { delimiter, score: columns < 2 ? 0 : same / counts.length + Math.min(columns, 20) / 100 }
  })
  const best = scores.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score === 0 ? ',' : best.delimiter
}
