import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BackupError } from './backup-error.ts'
import { type Batch, openBackup } from './read-backup.ts'

const header = {
  format: 'textloom/backup@1',
  release: '0.1.0',
  createdAt: '2026-03-04T05:06:07.089Z',
  migrations: ['0000_first'],
  sequences: { lease_epoch: 3 },
  eventDays: ['2026-03-04'],
}
const body = [
  JSON.stringify(header),
  '{"table":"flow","columns":["id","name"]}',
  '["a", "árvíz 👍🏽"]',
  '["b", null]',
  '{"table":"run","columns":["id"]}',
]

/** With a last line that fits. */
function ended(lines: readonly string[], rows: object = { flow: 2, run: 0 }): string[] {
  const hash = createHash('sha256')
  for (const line of lines) hash.update(`${line}\n`)
  return [...lines, JSON.stringify({ rows, sha256: hash.digest('hex') })]
}

const packed = (lines: readonly string[]): Buffer => gzipSync(lines.map((line) => `${line}\n`).join(''))

async function* inPieces(octets: Uint8Array, size: number) {
  for (let at = 0; at < octets.length; at += size) yield octets.subarray(at, at + size)
}

async function read(octets: Uint8Array, size = 7): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of (await openBackup(inPieces(octets, size))).batches) batches.push(batch)
  return batches
}

test('a whole backup is its rows by table, wherever its octets are parted', async () => {
  for (const size of [1, 13, 10_000]) {
    expect(await read(packed(ended(body)), size)).toEqual([
      { table: 'flow', columns: ['id', 'name'], rows: [], line: 2 },
      {
        table: 'flow',
        columns: ['id', 'name'],
        rows: [
          ['a', 'árvíz 👍🏽'],
          ['b', null],
        ],
        line: 3,
      },
      { table: 'run', columns: ['id'], rows: [], line: 5 },
    ])
  }
})

describe('refused, saying where', () => {
  const [first = '', table = '', a = '', b = '', run = ''] = body
  test.each([
    { what: 'nothing', octets: Buffer.from(''), says: 'This is not a backup of Textloom: ' },
    { what: 'another file', octets: Buffer.from('PK\x03\x04'), says: 'it is not packed by gzip' },
    { what: 'other JSON', octets: packed(['{"format":"textloom/flow@1"}']), says: 'its first line does not say so' },
    { what: 'a text', octets: gzipSync('no end'), says: 'its first line has no end' },
    {
      what: 'a later format',
      octets: packed([JSON.stringify({ ...header, format: 'textloom/backup@2' })]),
      says: 'format textloom/backup@2, which this release does not know',
    },
    {
      what: 'a broken header',
      octets: packed([JSON.stringify({ ...header, eventDays: ['yesterday'] })]),
      says: 'Line 1 of the backup is not as it was written: eventDays.0',
    },
    { what: 'half the octets', octets: packed(ended(body)).subarray(0, -30), says: 'cut off' },
    { what: 'half a line', octets: gzipSync(`${body.join('\n')}\n{"rows":`), says: 'cut off after line 5' },
    { what: 'no last line', octets: packed(body), says: 'cut off after line 5' },
    { what: 'a row less', octets: packed(ended([first, table, a, run])), says: '"flow" has 2 rows, and has 1' },
    { what: 'a table less', octets: packed(ended([first, table, a, b])), says: '"run" has 0 rows, and has none' },
    { what: 'a row more', octets: packed(ended([...body, '["c"]'])), says: '"run" has 0 rows, and has 1' },
    {
      what: 'a changed value',
      octets: packed(ended(body).map((line) => line.replace('árvíz', 'tükör'))),
      says: 'changed since it was written: its SHA-256 is another',
    },
    { what: 'a row before its table', octets: packed([first, a]), says: 'Line 2 of the backup' },
    { what: 'a short row', octets: packed([first, table, '["a"]']), says: 'it is not a row of 2 columns' },
    { what: 'a number', octets: packed([first, table, '["a", 1]']), says: 'Line 3 of the backup' },
    { what: 'half a row', octets: packed([first, table, '["a", "b']), says: 'Line 3 of the backup' },
    { what: 'something else', octets: packed([first, 'true']), says: 'neither a row nor a table nor the end' },
    { what: 'a table twice', octets: packed([first, table, table]), says: 'Line 3 of the backup' },
    { what: 'more behind the end', octets: packed([...ended(body), a]), says: 'Line 7 of the backup' },
  ])('$what', async ({ octets, says }) => {
    const error = await read(octets).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(BackupError)
    expect(error).toMatchObject({ fault: 'file', message: expect.stringContaining(says) })
  })

  // Octets 4 to 9 of gzip say when and where it was packed; the last eight are its checksum and its length (RFC 1952).
  const whole = packed(ended(body))
  const lastOfDeflate = whole.length - 9
  const withFlipped = (place: number, flip: number) => {
    const damaged = Buffer.from(whole)
    damaged[place] = (damaged[place] ?? 0) ^ flip
    return damaged
  }

  test('any octet that differs', async () => {
    const places = fc.integer({ min: 10, max: whole.length - 1 }).filter((place) => place !== lastOfDeflate)
    await fc.assert(
      fc.asyncProperty(places, fc.integer({ min: 1, max: 255 }), async (place, flip) => {
        await expect(read(withFlipped(place, flip), 100)).rejects.toBeInstanceOf(BackupError)
      }),
      { numRuns: 60 },
    )
  })

  test('bits that fill the last octet of the packed data may differ, for they say nothing', async () => {
    const meant = await read(whole)
    for (let bit = 0; bit < 8; bit++) {
      const outcome = await read(withFlipped(lastOfDeflate, 1 << bit), 100).catch((error: unknown) => error)
      if (!(outcome instanceof BackupError)) expect(outcome).toEqual(meant)
    }
  })
})

test('a source that fails says so itself', async () => {
  const failing = async function* () {
    yield packed(ended(body)).subarray(0, 40)
    throw new Error('the disk is gone')
  }
  const opened = async () => {
    for await (const _batch of (await openBackup(failing())).batches);
  }
  await expect(opened()).rejects.toThrow('the disk is gone')
})
