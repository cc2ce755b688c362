import type { Buffer } from 'node:buffer'
import { MoIds } from '../../connection/mo-ids.ts'
import type { ClientProtocol } from '../../framed/client-protocol.ts'
import type { Frame } from '../../framed/frame.ts'
import { FramedSession } from '../../framed/session.ts'
import { manualTimers } from '../manual-timers.ts'
import type { FuzzedProtocol, FuzzedReader } from './fuzz.ts'

/**
 * The client side of UCP or CIMD2.
 *
 * @param loggedIn the SMSC's answer to the login
 * @param sound frames of an SMSC with STX and ETX, each of which is answered
 */
export function framedFuzz<F extends Frame>(
  protocol: ClientProtocol<F>,
  loggedIn: Buffer,
  sound: readonly Buffer[],
): FuzzedProtocol {
  return { sound, fresh: () => freshClient(protocol, loggedIn, sound) }
}

function freshClient<F extends Frame>(
  protocol: ClientProtocol<F>,
  loggedIn: Buffer,
  sound: readonly Buffer[],
): FuzzedReader {
  const reader = { answered: 0, isClosed: false, receive: (octets: Buffer) => session.receive(octets) }
  const moIds = new MoIds('mo:fuzz')
  const session: FramedSession<F> = new FramedSession(
    {
      timers: manualTimers(),
      write() {
        reader.answered++
      },
      close() {
        reader.isClosed = true
      },
      onBound: () => {},
      onRequest(request, answer) {
        const reading = protocol.read(request, moIds)
        answer(reading.type === 'routine' ? reading.answer : protocol.taken(request))
      },
      onEnd: () => {},
      log: () => {},
    },
    {
      codec: protocol.codec,
      side: 'client',
      windowSize: 10,
      responseTimeoutMs: 1_000,
      loginTimeoutMs: 1_000,
      keepAliveMs: 0,
      keepAlive: () => protocol.keepAlive(),
    },
  )
  session.login(protocol.login(), (answer) => protocol.verdictOnLogin(answer))
  session.receive(loggedIn)
  if (session.state !== 'bound') throw new Error(`A fresh connection is ${session.state}, not bound.`)
  for (const frame of sound) {
    const before = reader.answered
    session.receive(frame)
    if (reader.answered !== before + 1) throw new Error(`A sound frame was not answered: ${frame.toString('latin1')}`)
  }
  return reader
}
