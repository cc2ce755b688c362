import type { Sql } from '../db/sql.ts'
import { FileRefusal } from './reading/file-refusal.ts'
import { checkSize } from './reading/read-table.ts'

/** A piece is a row: small enough to be passed on while the next one comes. */
const PIECE = 1_000_000

/** Reads what is uploaded to its end, no further than the limit. @throws FileRefusal for more than that */
export async function readUpload(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    checkSize(length)
    parts.push(part)
  }
  return Buffer.concat(parts, length)
}

/** Keeps a file where every process finds it. */
export async function keepFile(tx: Sql, id: string, octets: Uint8Array): Promise<void> {
  for (let n = 0; n * PIECE < octets.length; n += 1) {
    await tx.query('insert into contact_import_piece (import_id, n, octets) values ($1::uuid, $2::int, $3::bytea)', [
      id,
      n,
      octets.subarray(n * PIECE, (n + 1) * PIECE),
    ])
  }
}

/** The file of an import. @throws FileRefusal where it is gone */
export async function loadFile(
  sql: Sql,
  { id, size }: { readonly id: string; readonly size: number },
): Promise<Uint8Array> {
  const octets = new Uint8Array(size)
  let at = 0
  for (let n = 0; at < size; n += 1) {
    const [piece] = await sql.query<{ octets: Uint8Array }>(
      'select octets from contact_import_piece where import_id = $1::uuid and n = $2::int',
      [id, n],
    )
    if (piece === undefined) throw new FileRefusal('damaged', 'The file is not kept any more: upload it again.')
    octets.set(piece.octets, at)
    at += piece.octets.length
  }
  return octets
}

export async function dropFile(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from contact_import_piece where import_id = $1::uuid', [id])
}
