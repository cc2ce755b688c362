import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { FileRefusal } from './file-refusal.ts'
import { fileLimits } from './limits.ts'

/** The parts of a workbook (OPC, ECMA-376 part 2), each unpacked only when it is read, in memory and nowhere else. */
export interface WorkbookParts {
  has(name: string): boolean
  /** The part, unpacked as it is read. @throws FileRefusal where there is none */
  open(name: string): Promise<Readable>
}

/**
 * Reads the list of parts and refuses what would not fit once it is unpacked, before anything is.
 * @throws FileRefusal for what is no workbook, or one that is out of all proportion
 */
export async function workbookParts(octets: Uint8Array): Promise<WorkbookParts> {
  const file = await openZip(octets)
  const entries = await listEntries(file)
  checkSizes(entries)
  if (!entries.has('[Content_Types].xml') || !entries.has('xl/workbook.xml')) throw otherArchive(entries)
  return {
    has: (name) => entries.has(name),
    async open(name) {
      const entry = entries.get(name)
      if (entry === undefined) throw new FileRefusal('damaged', `The workbook has no part "${name}": save it again.`)
      if (entry.isEncrypted()) {
        throw new FileRefusal('not-a-table', 'The workbook has a password: save it without one.')
      }
      try {
        // yauzl ends a part that is longer than its list says.
        return await file.openReadStreamPromise(entry)
      } catch (error) {
        throw damaged(error)
      }
    },
  }
}

async function openZip(octets: Uint8Array): Promise<ZipFile> {
  try {
    const buffer = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
    return await yauzl.fromBufferPromise(buffer, { validateEntrySizes: true, autoClose: false })
  } catch (error) {
    throw damaged(error)
  }
}

async function listEntries(file: ZipFile): Promise<Map<string, Entry>> {
  if (file.entryCount > fileLimits.parts) {
    throw new FileRefusal('too-large', `The workbook has ${file.entryCount} parts: save its table alone.`)
  }
  const entries = new Map<string, Entry>()
  try {
    for await (const entry of file.eachEntry()) entries.set(entry.fileName.replace(/^\//, ''), entry)
  } catch (error) {
    throw damaged(error)
  }
  return entries
}

function checkSizes(entries: ReadonlyMap<string, Entry>): void {
  const unpacked = [...entries.values()].reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  const isBomb = [...entries.values()].some(
    ({ uncompressedSize, compressedSize }) =>
      uncompressedSize > fileLimits.smallPart && uncompressedSize > fileLimits.ratio * compressedSize,
  )
  if (unpacked <= fileLimits.unpacked && !isBomb) return
  const megabytes = Math.round(unpacked / 1_000_000).toLocaleString('en')
  throw new FileRefusal(
    'too-large',
    `Unpacked, the workbook would have ${megabytes} MB, out of all proportion to its file: copy the table into a new workbook, or save it as .csv.`,
  )
}

function otherArchive(entries: ReadonlyMap<string, Entry>): FileRefusal {
  if (entries.has('content.xml')) {
    return new FileRefusal('not-a-table', 'This is an OpenDocument file: save it as .xlsx or .csv.')
  }
  if ([...entries.keys()].some((name) => name.startsWith('xl/'))) {
    return new FileRefusal('not-a-table', 'This is a workbook of a kind that is not read here: save it as .xlsx.')
  }
  return new FileRefusal('not-a-table', 'This is a ZIP archive, not a workbook: unpack it and choose the table itself.')
}

/** What a broken archive is refused with. */
export function damaged(error: unknown): FileRefusal {
  if (error instanceof FileRefusal) return error
  const why = error instanceof Error ? error.message : String(error)
  return new FileRefusal(
    'damaged',
    `The workbook is damaged (${why}): open it in a spreadsheet and save it again, or as .csv.`,
  )
}
