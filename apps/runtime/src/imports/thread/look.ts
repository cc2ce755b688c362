import type { FieldDefinition } from '../../people/fields.ts'
import { FileRefusal } from '../reading/file-refusal.ts'
import type { ReadingWishes, Table } from '../reading/read-table.ts'
import { guessMapping, looksLikeHeader } from '../staging/guess-mapping.ts'
import type { FileLook } from './protocol.ts'

/** So many rows are guessed by, and shown. */
const LOOKED_AT = 100
const SHOWN = 8

/** Looks at the first rows of a table. @throws FileRefusal where there is nothing in it */
export async function lookAt(
  table: Table,
  { wishes, country, fields }: { wishes: ReadingWishes; country: string | null; fields: readonly FieldDefinition[] },
): Promise<FileLook> {
  const first: (readonly string[])[] = []
  for await (const { cells } of table.rows()) {
    first.push(cells)
    if (first.length > LOOKED_AT) break
  }
  const [top] = first
  if (top === undefined) throw new FileRefusal('empty', 'There is nothing in the file: choose another one.')
  const hasHeader = wishes.hasHeader ?? looksLikeHeader(top, country)
  const rows = hasHeader ? first.slice(1) : first
  const width = Math.max(...first.map(({ length }) => length))
  const named = Array.from({ length: width }, (_, column) => (hasHeader ? (top[column] ?? '').slice(0, 200) : ''))
  const mapping = guessMapping(named, rows, { fields, country })
  const columns = named.map((name, column) => (name === '' ? `Column ${letters(column)}` : name))
  return { reading: table.reading, hasHeader, columns, rows: rows.slice(0, SHOWN).map(shortened), mapping }
}

function shortened(cells: readonly string[]): string[] {
  return cells.map((cell) => (cell.length > 200 ? `${cell.slice(0, 199)}…` : cell))
}

/** 0 is A, 27 is AB. */
function letters(column: number): string {
  const rest = Math.floor(column / 26)
  return `${rest > 0 ? letters(rest - 1) : ''}${String.fromCharCode(65 + (column % 26))}`
}
