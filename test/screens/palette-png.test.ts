import { crc32, deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { inPalette, readPng } from './palette-png.ts'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** A PNG of 8-bit RGB whose rows are filtered as given. */
function rgbPng(width: number, rows: readonly { filter: number; octets: readonly number[] }[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(rows.length, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const data = Buffer.from(rows.flatMap(({ filter, octets }) => [filter, ...octets]))
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(body.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}

test.each([
  { filter: 'none', row: { filter: 0, octets: [9, 8, 7, 9, 8, 8] }, pixels: [0x090807, 0x090808] },
  { filter: 'left', row: { filter: 1, octets: [9, 8, 7, 0, 0, 1] }, pixels: [0x090807, 0x090808] },
  { filter: 'up', row: { filter: 2, octets: [8, 6, 4, 5, 3, 2] }, pixels: [0x090807, 0x090808] },
  { filter: 'average', row: { filter: 3, octets: [9, 7, 6, 3, 2, 2] }, pixels: [0x090807, 0x090808] },
  { filter: 'Paeth', row: { filter: 4, octets: [8, 6, 4, 0, 0, 1] }, pixels: [0x090807, 0x090808] },
])('a row filtered by $filter is read', ({ row, pixels }) => {
  const first = { filter: 0, octets: [1, 2, 3, 4, 5, 6] }
  expect([...readPng(rgbPng(2, [first, row])).pixels]).toEqual([0x010203, 0x040506, ...pixels])
})

test('a picture of many colours comes out with a palette of 256', () => {
  const octets = Array.from({ length: 600 }, (_, index) => [index & 255, (index * 7) & 255, index >> 2]).flat()
  const png = inPalette(rgbPng(600, [{ filter: 0, octets }]))
  expect(png.readUInt32BE(16)).toBe(600)
  expect(png[25]).toBe(3)
  expect(png.readUInt32BE(png.indexOf('PLTE') - 4)).toBe(256 * 3)
})

test('what is no PNG is said to be none', () => {
  expect(() => inPalette(Buffer.from('GIF89a and more'))).toThrow('This is no PNG.')
})
