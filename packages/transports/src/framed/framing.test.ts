import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Framing, StrayOctets } from './framing.ts'

const limits = { maxFrameOctets: 100, maxStrayOctets: 10 }

function framesOf(pieces: readonly string[], more: Partial<typeof limits> = {}): readonly string[] {
  const framing = new Framing({ ...limits, ...more })
  return pieces.flatMap((piece) =>
    [...framing.push(Buffer.from(piece, 'latin1'))].map((frame) => frame.toString('latin1')),
  )
}

test.each([
  { what: 'one frame', pieces: ['\x02abc\x03'], frames: ['abc'] },
  { what: 'several in one piece', pieces: ['\x02a\x03\x02b\x03\x02c\x03'], frames: ['a', 'b', 'c'] },
  { what: 'an empty one', pieces: ['\x02\x03'], frames: [''] },
  { what: 'one octet at a time', pieces: ['\x02', 'a', 'b', '\x03'], frames: ['ab'] },
  { what: 'blanks between frames', pieces: ['\x02a\x03\r\n \0\x02b\x03'], frames: ['a', 'b'] },
  { what: 'a few octets of nothing', pieces: ['noise\x02a\x03'], frames: ['a'] },
  { what: 'a frame whose end was lost', pieces: ['\x02lost', '\x02a\x03'], frames: ['a'] },
])('$what', ({ pieces, frames }) => {
  expect(framesOf(pieces)).toEqual(frames)
})

describe('what cannot be trusted ends the stream', () => {
  test.each([
    { what: 'octets of no frame', pieces: ['HTTP/1.1 400 Bad Request'] },
    { what: 'octets of no frame, one by one', pieces: [...'HTTP/1.1 400'] },
    { what: 'a frame without an end', pieces: ['\x02', 'x'.repeat(60), 'x'.repeat(60)] },
    { what: 'frames that begin and begin', pieces: ['\x02abcd\x02abcd\x02abcd\x02'] },
  ])('$what', ({ pieces }) => {
    expect(() => framesOf(pieces)).toThrow(StrayOctets)
  })

  test('once and for all', () => {
    const framing = new Framing(limits)
    expect(() => [...framing.push(Buffer.alloc(20, 'x'))]).toThrow(StrayOctets)
    expect(() => [...framing.push(Buffer.from('\x02a\x03'))]).toThrow(StrayOctets)
  })
})

test('frames come out whole, however the stream was cut', () => {
  const frame = fc
    .array(fc.integer({ min: 4, max: 0xff }), { maxLength: 20 })
    .map((codes) => String.fromCharCode(...codes))
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 10 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      (frames, cuts) => {
        const stream = frames.map((text) => `\x02${text}\x03`).join('')
        const pieces: string[] = []
        for (let at = 0; at < stream.length; ) {
          const next = at + cuts.next().value
          pieces.push(stream.slice(at, next))
          at = next
        }
        expect(framesOf(pieces)).toEqual(frames)
      },
    ),
    { numRuns: 100 },
  )
})
