import { Buffer } from 'node:buffer'
import { MoIds } from '../connection/mo-ids.ts'
import type { ClientProtocol } from '../framed/client-protocol.ts'
import type { Frame } from '../framed/frame.ts'
import { FramedSession } from '../framed/session.ts'
import { manualTimers } from './manual-timers.ts'

/** What became of mutated frames. */
export interface FuzzedFrames {
  readonly frames: number
  /** Connections that were closed because of what came. */
  readonly closed: number
  /** Frames that were answered, with a yes or a no. */
  readonly answered: number
  /** The most CPU time that one frame took, milliseconds: what a busy machine does meanwhile does not count. */
  readonly slowestMs: number
}

/**
 * Sends frames with seeded damage to the client side of a protocol, as fast as it takes them. After each connection that
 * this closed, and at the end, a fresh one has to log in and to take what is sound.
 *
 * @param sound frames of an SMSC with STX and ETX, each of which is answered
 * @throws Error if a fresh connection does not work; whatever the client throws, which it never should
 */
export function fuzzFrames<F extends Frame>(
  protocol: ClientProtocol<F>,
  loggedIn: Buffer,
  sound: readonly Buffer[],
  { count, seed }: { readonly count: number; readonly seed: number },
): FuzzedFrames {
  const random = mulberry32(seed)
  const peer = () => freshClient(protocol, loggedIn, sound)
  let client = peer()
  let [closed, answered, slowestMs] = [0, 0, 0]
  for (let frame = 0; frame < count; frame++) {
    const octets = damaged(sound, random)
    const before = process.cpuUsage()
    client.receive(octets)
    slowestMs = Math.max(slowestMs, process.cpuUsage(before).user / 1_000)
    if (client.isClosed() || frame % FRAMES_PER_CONNECTION === FRAMES_PER_CONNECTION - 1) {
      if (client.isClosed()) closed++
      answered += client.written()
      client = peer()
    }
  }
  return { frames: count, closed, answered, slowestMs }
}

/** A connection that nothing closes is left after so many, so that each is begun in a known state. */
const FRAMES_PER_CONNECTION = 200

function freshClient<F extends Frame>(protocol: ClientProtocol<F>, loggedIn: Buffer, sound: readonly Buffer[]) {
  let written = 0
  let isClosed = false
  const moIds = new MoIds('mo:fuzz')
  const session: FramedSession<F> = new FramedSession(
    {
      timers: manualTimers(),
      write: () => {
        written++
      },
      close: () => {
        isClosed = true
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
    const before = written
    session.receive(frame)
    if (written !== before + 1) throw new Error(`A sound frame was not answered: ${frame.toString('latin1')}`)
  }
  return {
    receive: (octets: Buffer) => session.receive(octets),
    isClosed: () => isClosed,
    written: () => written,
  }
}

/** A sound frame, or two, with one to three things wrong. */
function damaged(sound: readonly Buffer[], random: () => number): Buffer {
  const pick = () => sound[Math.floor(random() * sound.length)] ?? Buffer.alloc(0)
  let octets = Buffer.from(pick())
  for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
    const at = Math.floor(random() * octets.length)
    const octet = Math.floor(random() * 256)
    switch (Math.floor(random() * 7)) {
      case 0:
        octets[at] = octet
        break
      case 1:
        octets = Buffer.concat([octets.subarray(0, at), octets.subarray(at + 1)])
        break
      case 2:
        octets = Buffer.concat([octets.subarray(0, at), Buffer.of(octet), octets.subarray(at)])
        break
      case 3:
        octets = Buffer.from(octets.subarray(0, at))
        break
      case 4:
        octets = Buffer.concat([octets.subarray(0, at), pick()])
        break
      case 5:
        octets = Buffer.concat([octets.subarray(0, at), Buffer.alloc(Math.floor(random() * 3_000), octet), octets])
        break
      default:
        // A digit for a digit keeps the shape: what is wrong then is the meaning.
        octets[at] = 0x30 + (octet % 10)
    }
  }
  return octets
}

/** A small generator of random numbers from a seed (mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
