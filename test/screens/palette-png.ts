import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const most = 256

/**
 * Writes a PNG of 8-bit RGB or RGBA, as browsers take them, with at most 256 colours and without its alpha: a third of
 * the octets, and interfaces look the same.
 * @throws Error for any other PNG
 */
export function inPalette(png: Buffer): Buffer {
  const { width, height, pixels } = readPng(png)
  const { colours, indexOf } = paletteOf(pixels)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + x + 1] = indexOf(pixels[y * width + x] ?? 0)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

interface Picture {
  readonly width: number
  readonly height: number
  /** 0xRRGGBB, row by row. */
  readonly pixels: Uint32Array
}

/** Reads what {@link inPalette} takes. */
export function readPng(png: Buffer): Picture {
  let header: Buffer | undefined
  const data: Buffer[] = []
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') header = body
    if (type === 'IDAT') data.push(body)
    at += length + 12
  }
  if (!png.subarray(0, 8).equals(signature) || header === undefined) throw new Error('This is no PNG.')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const octets = { 2: 3, 6: 4 }[header[9] ?? 0]
  if (header[8] !== 8 || octets === undefined || header[12] !== 0) throw new Error('This PNG is not plain 8-bit RGB.')
  const rows = unfiltered(inflateSync(Buffer.concat(data)), width * octets, height, octets)
  const pixels = new Uint32Array(width * height)
  for (let index = 0; index < pixels.length; index += 1) pixels[index] = rows.readUIntBE(index * octets, 3)
  return { width, height, pixels }
}

/** PNG (second edition) §9: each row begins with how it was filtered. */
function unfiltered(raw: Buffer, stride: number, height: number, octets: number): Buffer {
  const out = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x < octets ? 0 : (out[at - octets] ?? 0)
      const up = y === 0 ? 0 : (out[at - stride] ?? 0)
      const corner = x < octets || y === 0 ? 0 : (out[at - stride - octets] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      out[at] = (raw[y * (stride + 1) + x + 1] ?? 0) + guess
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const near = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(near - left), Math.abs(near - up), Math.abs(near - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** The colours there are, or 256 that stand for them: the commonest stay as they are, others become their neighbour. */
function paletteOf(pixels: Uint32Array): { colours: readonly number[]; indexOf(colour: number): number } {
  const counts = new Map<number, number>()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const colours = counts.size <= most ? [...counts.keys()] : chosen(counts)
  const indices = new Map(colours.map((colour, index) => [colour, index]))
  return {
    colours,
    indexOf(colour) {
      const known = indices.get(colour)
      if (known !== undefined) return known
      let nearest = 0
      for (let index = 1; index < colours.length; index += 1) {
        if (distance(colour, colours[index] ?? 0) < distance(colour, colours[nearest] ?? 0)) nearest = index
      }
      indices.set(colour, nearest)
      return nearest
    },
  }
}

/** Half by how common they are, then whatever lies farthest from all that were taken, weighed by how common it is. */
function chosen(counts: ReadonlyMap<number, number>): number[] {
  const all = [...counts].sort(([a, many], [b, more]) => more - many || a - b)
  const taken = all.slice(0, most / 2).map(([colour]) => colour)
  const rest = all.slice(most / 2).map(([colour, count]) => ({
    colour,
    weight: Math.sqrt(count),
    gap: Math.min(...taken.map((one) => distance(colour, one))),
  }))
  while (taken.length < most) {
    let farthest = rest[0]
    for (const one of rest)
      if (farthest === undefined || one.gap * one.weight > farthest.gap * farthest.weight) farthest = one
    if (farthest === undefined) break
    const { colour } = farthest
    taken.push(colour)
    for (const one of rest) one.gap = Math.min(one.gap, distance(one.colour, colour))
  }
  return taken
}

function distance(a: number, b: number): number {
  const red = (a >> 16) - (b >> 16)
  const green = ((a >> 8) & 255) - ((b >> 8) & 255)
  const blue = (a & 255) - (b & 255)
  return 2 * red * red + 4 * green * green + 3 * blue * blue
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const framed = Buffer.alloc(named.length + 8)
  framed.writeUInt32BE(body.length, 0)
  named.copy(framed, 4)
  framed.writeUInt32BE(crc32(named), named.length + 4)
  return framed
}
