import { Buffer } from 'node:buffer'
import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { manualTimers } from '../../testing/manual-timers.ts'
import { decodePdu } from '../pdu/decode.ts'
import { encodePdu } from '../pdu/encode.ts'
import { Framing } from '../pdu/framing.ts'
import type { CommandName, Pdu, PduInput } from '../pdu/pdu.ts'
import { ESME } from '../pdu/status.ts'
import { SmppServer, type SmppServerOptions } from './link.ts'

/** A server, and an ESME that is the test: it says exactly what it is told to. */
async function bench(options: Partial<SmppServerOptions> = {}) {
  const received: Pdu[] = []
  const server = new SmppServer({
    session: { windowSize: 10, enquireLinkMs: 30_000, responseTimeoutMs: 10_000, bindTimeoutMs: 10_000 },
    onBind: () => ({ status: ESME.ROK, systemId: 'smsc' }),
    onRequest(_connection, { pdu, answer }) {
      if (pdu.command !== 'submit_sm') return false
      received.push(pdu)
      answer(ESME.ROK, { message_id: String(received.length) })
      return true
    },
    ...options,
  })
  const port = await server.listen()
  onTestFinished(() => server.close(0))
  const socket = connect({ port, host: '127.0.0.1' })
  onTestFinished(() => {
    socket.destroy()
  })
  const framing = new Framing()
  const answers: Pdu[] = []
  const waiting: ((pdu: Pdu) => void)[] = []
  socket.on('data', (octets) => {
    for (const pdu of framing.push(octets)) {
      const decoded = decodePdu(Buffer.from(pdu))
      const wait = waiting.shift()
      if (wait === undefined) answers.push(decoded)
      else wait(decoded)
    }
  })
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const say = <C extends CommandName>(pdu: PduInput<C>) => {
    socket.write(encodePdu(pdu))
    return next()
  }
  const next = () => {
    const first = answers.shift()
    return first === undefined ? new Promise<Pdu>((resolve) => waiting.push(resolve)) : Promise.resolve(first)
  }
  return { server, socket, say, next, closed, received }
}

describe('an ESME at our server', () => {
  test('binds, submits and unbinds', async () => {
    const { say, closed, received, server } = await bench()
    expect(await say({ command: 'bind_transceiver', sequence: 1, fields: { system_id: 'me' } })).toMatchObject({
      command: 'bind_transceiver_resp',
      status: ESME.ROK,
      fields: { system_id: 'smsc' },
    })
    expect(server.connections).toMatchObject([{ id: 1, mode: 'transceiver', systemId: 'me', state: 'bound' }])
    expect(await say({ command: 'submit_sm', sequence: 2 })).toMatchObject({ sequence: 2, fields: { message_id: '1' } })
    expect(received).toHaveLength(1)
    expect(await say({ command: 'unbind', sequence: 3 })).toMatchObject({ command: 'unbind_resp', sequence: 3 })
    await closed
    expect(server.connections).toEqual([])
  })

  test('cannot submit before it is bound', async () => {
    const { say, received } = await bench()
    expect(await say({ command: 'submit_sm', sequence: 1 })).toMatchObject({ status: ESME.RINVBNDSTS })
    expect(received).toEqual([])
  })

  test('cannot bind twice', async () => {
    const { say } = await bench()
    await say({ command: 'bind_transmitter', sequence: 1 })
    expect(await say({ command: 'bind_transmitter', sequence: 2 })).toMatchObject({ status: ESME.RALYBND })
  })

  test('that is refused is told why, and let go', async () => {
    const { say, closed } = await bench({ onBind: () => ({ status: ESME.RINVPASWD, systemId: '' }) })
    expect(await say({ command: 'bind_receiver', sequence: 1 })).toMatchObject({ status: ESME.RINVPASWD })
    await closed
  })

  test('gets generic_nack for what this server does not do', async () => {
    const { say } = await bench()
    await say({ command: 'bind_transceiver', sequence: 1 })
    expect(await say({ command: 'query_sm', sequence: 2 })).toMatchObject({
      command: 'generic_nack',
      status: ESME.RINVCMDID,
      sequence: 2,
    })
  })

  test('is answered, when it asks whether anyone is there', async () => {
    const { say } = await bench()
    expect(await say({ command: 'enquire_link', sequence: 9 })).toMatchObject({
      command: 'enquire_link_resp',
      sequence: 9,
    })
  })

  test('that does not bind is let go', async () => {
    const timers = manualTimers()
    const { say, closed } = await bench({ timers })
    await say({ command: 'enquire_link', sequence: 1 })
    await timers.advance(10_000)
    await closed
  })

  test('that speaks HTTP gets a generic_nack and is let go, and others are not disturbed', async () => {
    const { say, next, socket, closed, server } = await bench()
    await say({ command: 'bind_transceiver', sequence: 1 })
    socket.write('GET / HTTP/1.1\r\n\r\n')
    expect(await next()).toMatchObject({ command: 'generic_nack', status: ESME.RINVCMDLEN })
    await closed
    const another = connect({ port: server.port, host: '127.0.0.1' })
    await new Promise((resolve) => another.once('connect', resolve))
    another.destroy()
  })

  test('is unbound when the server closes', async () => {
    const { say, next, server, socket, closed } = await bench()
    await say({ command: 'bind_transceiver', sequence: 1 })
    const gone = server.close(1_000)
    const { command, sequence } = await next()
    expect(command).toBe('unbind')
    socket.write(encodePdu({ command: 'unbind_resp', sequence }))
    await gone
    await closed
  })
})
