// An SMSC that accepts every submit_sm and does nothing else, in a process of its own: `smpp-sink.ts ours` or
// `smpp-sink.ts npm`. Prints its port; ends with its stdin.

/// <reference path="../packages/transports/src/testing/npm-smpp.d.ts" />
import { SmppServer } from '@textloom/transports/testing'
import npm from 'smpp'

const session = { windowSize: 1_000, enquireLinkMs: 60_000, responseTimeoutMs: 60_000, bindTimeoutMs: 10_000 }
let count = 0

async function ours(): Promise<number> {
  const server = new SmppServer({
    session,
    onBind: () => ({ status: 0, systemId: 'sink' }),
    onRequest: (_, { answer }) => {
      answer(0, { message_id: String(++count) })
      return true
    },
  })
  return server.listen()
}

function theirs(): Promise<number> {
  const server = npm.createServer({ noDelay: true }, (peer) => {
    peer.on('bind_transceiver', (pdu) => peer.send(pdu.response()))
    peer.on('submit_sm', (pdu) => peer.send(pdu.response({ message_id: String(++count) })))
    peer.on('error', () => {})
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

console.log(await (process.argv[2] === 'npm' ? theirs() : ours()))
process.stdin.resume().on('end', () => process.exit())
