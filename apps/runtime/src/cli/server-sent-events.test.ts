import { expect, test } from 'vitest'
import { serverSentEvents } from './server-sent-events.ts'

const encoder = new TextEncoder()

async function eventsOf(stream: string, pieceOctets: number) {
  const octets = encoder.encode(stream)
  const pieces = Array.from({ length: Math.ceil(octets.length / pieceOctets) }, (_, index) =>
    octets.subarray(index * pieceOctets, (index + 1) * pieceOctets),
  )
  const body = (async function* () {
    yield* pieces
  })()
  const events = []
  for await (const event of serverSentEvents(body)) events.push(event)
  return events
}

test.each([1, 3, 1000])('events come out whole, however the stream was cut: pieces of %i octets', async (octets) => {
  const stream = 'event: ready\ndata: {}\n\n:\n\nevent: mt\nid: 7\ndata: "ő"\ndata: two\n\ndata:plain\n\nevent: cut'
  expect(await eventsOf(stream, octets)).toEqual([
    { event: 'ready', data: '{}' },
    { event: 'mt', data: '"ő"\ntwo' },
    { event: 'message', data: 'plain' },
  ])
})

test.each([1, 2, 1000])('lines may end in CR LF: pieces of %i octets', async (octets) => {
  expect(await eventsOf('event: mt\r\ndata: a\r\n\r\n', octets)).toEqual([{ event: 'mt', data: 'a' }])
})
