import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { BackupError } from './backup-error.ts'
import { BACKUP_FORMAT, type BackupHeader, type BackupRow, headerSchema, tableSchema, trailerSchema } from './format.ts'

/** Rows of a table that stand beside each other; none where the table begins. */
export interface Batch {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly BackupRow[]
  /** The line of the first row, from 1. */
  readonly line: number
}

/** A backup of which the first line was read. */
export interface OpenBackup {
  readonly header: BackupHeader
  /**
   * Its rows. Whether the backup is whole is known only at its end: what was done with them is to be undone when this
   * throws.
   * @throws BackupError naming the line when it was cut off, changed or made otherwise
   */
  readonly batches: AsyncIterable<Batch>
  /** Reads no further, and lets go of its source. */
  close(): Promise<void>
}

/**
 * Opens a packed backup (`format.ts`).
 * @throws BackupError when it is none, or of a format that this release does not know
 */
export async function openBackup(source: AsyncIterable<Uint8Array>): Promise<OpenBackup> {
  const lines = linesOf(unpacked(source))
  const close = async () => void (await lines.return(undefined))
  const first = await lines.next()
  if (first.done === true) throw notOne('it is empty')
  try {
    return { header: headerIn(first.value), batches: batchesIn(lines, first.value), close }
  } catch (error) {
    await close()
    throw error
  }
}

interface Line {
  readonly octets: Buffer
  /** From 1. */
  readonly number: number
}

function headerIn({ octets }: Line): BackupHeader {
  const said = parsed(octets)
  const format = typeof said === 'object' && said !== null && 'format' in said ? String(said.format) : ''
  if (format.startsWith('textloom/backup@') && format !== BACKUP_FORMAT) {
    throw new BackupError(
      'file',
      `The backup is of format ${format}, which this release does not know. Use a newer one.`,
    )
  }
  const header = headerSchema.safeParse(said)
  if (header.success) return header.data
  if (format !== BACKUP_FORMAT) throw notOne('its first line does not say so')
  const issue = header.error.issues[0]
  throw new BackupError(
    'file',
    `Line 1 of the backup is not as it was written: ${issue?.path.join('.')}: ${issue?.message}.`,
  )
}

const MOST_ROWS = 2_000
const BATCH_OCTETS = 1_000_000

async function* batchesIn(lines: AsyncIterable<Line>, first: Line): AsyncGenerator<Batch> {
  const hash = createHash('sha256').update(first.octets).update('\n')
  const counts: { [table: string]: number } = {}
  let columns: readonly string[] = []
  let table: string | undefined
  let rows: BackupRow[] = []
  let octetCount = 0
  let line = 2
  const batch = (): Batch | undefined => {
    if (table === undefined || rows.length === 0) return undefined
    const full = { table, columns, rows, line: line - rows.length }
    rows = []
    octetCount = 0
    return full
  }
  let trailer: { readonly rows: { readonly [table: string]: number }; readonly sha256: string } | undefined
  for await (const { octets, number } of lines) {
    line = number
    if (trailer !== undefined) throw changed(number, 'nothing should follow the end')
    // Rows are arrays, and nothing else is.
    if (octets[0] !== 0x5b) {
      const full = batch()
      if (full !== undefined) yield full
      const said = parsed(octets)
      const next = tableSchema.safeParse(said)
      if (next.success) {
        ;({ table, columns } = next.data)
        if (counts[table] !== undefined) throw changed(number, `table "${table}" stands there twice`)
        counts[table] = 0
        // Also where no row follows: whether there is such a table is to be looked at.
        yield { table, columns, rows: [], line: number }
      } else {
        const end = trailerSchema.safeParse(said)
        if (!end.success) throw changed(number, 'it is neither a row nor a table nor the end')
        trailer = end.data
        continue
      }
    } else {
      if (table === undefined) throw changed(number, 'a row stands before its table')
      rows.push(rowIn(octets, number, columns.length))
      counts[table] = (counts[table] ?? 0) + 1
      octetCount += octets.length
    }
    hash.update(octets).update('\n')
    if (rows.length >= MOST_ROWS || octetCount >= BATCH_OCTETS) {
      line = number + 1
      const full = batch()
      if (full !== undefined) yield full
    }
  }
  if (trailer === undefined) throw cutOff(line)
  for (const name of new Set([...Object.keys(trailer.rows), ...Object.keys(counts)])) {
    const [said = 'none', has = 'none'] = [trailer.rows[name], counts[name]]
    if (said === has) continue
    throw new BackupError(
      'file',
      `The end of the backup says that table "${name}" has ${said} rows, and has ${has}. Take another backup.`,
    )
  }
  if (trailer.sha256 !== hash.digest('hex')) {
    throw new BackupError(
      'file',
      'The backup was changed since it was written: its SHA-256 is another. Take another backup.',
    )
  }
}

function rowIn(octets: Buffer, number: number, length: number): BackupRow {
  const row = parsed(octets)
  if (!Array.isArray(row) || row.length !== length) throw changed(number, `it is not a row of ${length} columns`)
  if (!row.every((value): value is string | null => value === null || typeof value === 'string')) {
    throw changed(number, 'a value is not a text')
  }
  return row
}

/** Undefined for what is not JSON. */
function parsed(octets: Buffer): unknown {
  try {
    return JSON.parse(octets.toString('utf8'))
  } catch {
    return undefined
  }
}

/** No row is anywhere near this long; it keeps a wrong file from filling the memory. */
const MAX_LINE_OCTETS = 256_000_000

async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let number = 0
  let begun: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of source) {
      let start = 0
      for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
        number += 1
        const tail = chunk.subarray(start, end)
        yield { octets: begun.length === 0 ? tail : Buffer.concat([...begun, tail]), number }
        begun = []
        length = 0
        start = end + 1
      }
      if (start === chunk.length) continue
      begun.push(chunk.subarray(start))
      length += chunk.length - start
      if (length > MAX_LINE_OCTETS)
        throw number === 0 ? notOne('its first line has no end') : changed(number + 1, 'it has no end')
    }
  } catch (error) {
    if (!isOfGzip(error)) throw error
    if (number === 0) throw notOne('it is not packed by gzip, or damaged at its beginning')
    if (error.code === 'Z_BUF_ERROR') throw cutOff(number, error)
    throw new BackupError(
      'file',
      `The backup is damaged after line ${number} (${error.message}). Take another backup.`,
      error,
    )
  }
  if (length > 0) throw number === 0 ? notOne('its first line has no end') : cutOff(number)
}

function unpacked(source: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  // What goes wrong comes out of the last stream too.
  return pipeline(Readable.from(source, { objectMode: false }), createGunzip({ chunkSize: 262_144 }), () => undefined)
}

function isOfGzip(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
}

function notOne(why: string): BackupError {
  return new BackupError('file', `This is not a backup of Textloom: ${why}.`)
}

function cutOff(line: number, cause?: unknown): BackupError {
  return new BackupError(
    'file',
    `The backup was cut off after line ${line}: its end is missing. Take another backup.`,
    cause,
  )
}

function changed(line: number, why: string): BackupError {
  return new BackupError('file', `Line ${line} of the backup is not as it was written: ${why}. Take another backup.`)
}
