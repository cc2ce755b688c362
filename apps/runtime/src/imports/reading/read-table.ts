import { csvRows, type Delimiter, findDelimiter } from './csv.ts'
import { type FileEncoding, findEncoding } from './encoding.ts'
import { type FileKind, fileKind } from './file-kind.ts'
import { FileRefusal } from './file-refusal.ts'
import { fileLimits } from './limits.ts'
import { type NumberedRow, sheetRows } from './sheet-rows.ts'
import { readWorkbook } from './workbook.ts'
import { workbookParts } from './workbook-parts.ts'

/** How somebody wants a file read; what is absent is found out. */
export interface ReadingWishes {
  readonly encoding?: FileEncoding | undefined
  readonly delimiter?: Delimiter | undefined
  /** The name of a sheet. */
  readonly sheet?: string | undefined
  /** Whether the first row names the columns. */
  readonly hasHeader?: boolean | undefined
}

/** How a file is read. */
export interface Reading {
  readonly kind: FileKind
  /** Of a text; null for a workbook, as `delimiter`. */
  readonly encoding: FileEncoding | null
  /** False where the encoding is only the likeliest. */
  readonly isEncodingSure: boolean
  readonly delimiter: Delimiter | null
  /** The sheets of a workbook; of a text there are none. */
  readonly sheets: readonly string[]
  readonly sheet: string | null
}

/** A file as a table. */
export interface Table {
  readonly reading: Reading
  /** Rows with something in them. @throws FileRefusal as it comes to what cannot be read */
  rows(): AsyncGenerator<NumberedRow>
}

/**
 * Opens a file as a table: finds out what it is, how it is encoded and cut, and reads no further than it is asked.
 * `country` (ISO 3166) decides between code pages.
 * @throws FileRefusal for what is no table
 */
export async function readTable(octets: Uint8Array, wishes: ReadingWishes, country?: string): Promise<Table> {
  checkSize(octets.length)
  return fileKind(octets) === 'xlsx' ? workbookTable(octets, wishes) : textTable(octets, wishes, country)
}

/** @throws FileRefusal for a file that is larger than any that is read */
export function checkSize(length: number): void {
  if (length <= fileLimits.octets) return
  throw new FileRefusal(
    'too-large',
    `A file may have ${fileLimits.octets / 1_000_000} MB at most: cut it into several.`,
  )
}

async function textTable(octets: Uint8Array, wishes: ReadingWishes, country?: string): Promise<Table> {
  const found = await findEncoding(octets, country)
  const encoding = wishes.encoding ?? found.encoding
  const delimiter = wishes.delimiter ?? findDelimiter(octets, encoding)
  const isEncodingSure = found.isSure && encoding === found.encoding
  return {
    reading: { kind: 'csv', encoding, isEncodingSure, delimiter, sheets: [], sheet: null },
    rows: () => checked(numbered(csvRows(octets, encoding, delimiter))),
  }
}

async function workbookTable(octets: Uint8Array, wishes: ReadingWishes): Promise<Table> {
  const parts = await workbookParts(octets)
  const workbook = await readWorkbook(parts)
  const sheets = workbook.sheets.map(({ name }) => name)
  const sheet = workbook.sheets.find(({ name }) => name === wishes.sheet) ?? workbook.sheets[0]
  if (sheet === undefined) throw new FileRefusal('empty', 'The workbook has no sheet: choose another one.')
  return {
    reading: { kind: 'xlsx', encoding: null, isEncodingSure: true, delimiter: null, sheets, sheet: sheet.name },
    rows: () => checked(sheetRows(parts, workbook, sheet)),
  }
}

/** `sep=;` tells Excel what stands between the values, and is none of them. */
function* numbered(rows: Iterable<string[]>): Generator<NumberedRow> {
  let n = 0
  for (const cells of rows) {
    n += 1
    const isNote = n === 1 && /^sep=.?$/.test(cells[0] ?? '') && cells.slice(1).every((cell) => cell === '')
    if (!isNote) yield { n, cells }
  }
}

/** Leaves out what is empty, tidies what is not, and minds the limits. */
async function* checked(rows: Iterable<NumberedRow> | AsyncIterable<NumberedRow>): AsyncGenerator<NumberedRow> {
  let count = 0
  for await (const { n, cells } of rows) {
    if (cells.every((cell) => cell.trim() === '')) continue
    count += 1
    if (count > fileLimits.rows) {
      throw new FileRefusal(
        'too-large',
        `The file has more than ${fileLimits.rows.toLocaleString('en')} rows: cut it into several.`,
      )
    }
    if (cells.length > fileLimits.columns && cells.slice(fileLimits.columns).some((cell) => cell !== '')) {
      throw new FileRefusal(
        'too-large',
        `Row ${n} has ${cells.length.toLocaleString('en')} columns, and ${fileLimits.columns} are read at most: keep what is to be imported.`,
      )
    }
    yield { n, cells: cells.slice(0, fileLimits.columns).map(tidy) }
  }
}

/** Blanks around a value, and what no database takes. */
function tidy(cell: string): string {
  const text = cell.trim()
  return text.includes('\0') || !text.isWellFormed() ? text.replaceAll('\0', '\uFFFD').toWellFormed() : text
}
