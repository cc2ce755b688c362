import type { Buffer } from 'node:buffer'
import { damaged, mulberry32 } from './damage.ts'

/** A reader of frames that is being fuzzed: one connection, or what stands for one. */
export interface FuzzedReader {
  /** Takes octets; whatever they are, it never throws. */
  receive(octets: Buffer): void
  /** Resolves once it is through with what it took; absent where `receive` itself is. */
  settled?(): Promise<void>
  /** True once it has given the connection up because of what came. */
  readonly isClosed: boolean
  /** Frames that were understood or refused, as far as the peer is told. */
  readonly answered: number
}

/** A protocol to fuzz. */
export interface FuzzedProtocol {
  /** Frames with nothing wrong. */
  readonly sound: readonly Buffer[]
  /** A fresh reader that has taken what is sound. @throws Error if it does not */
  fresh(): FuzzedReader | Promise<FuzzedReader>
}

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

/** Of this thread alone, where Node (24) tells: the garbage collector has threads of its own. */
const cpuUsage = process.threadCpuUsage ?? process.cpuUsage

/** A connection that nothing closes is left after so many, so that each is begun in a known state. */
const FRAMES_PER_CONNECTION = 200

/**
 * Sends frames with seeded damage to the readers of a protocol, as fast as they take them. After each connection that this
 * closed, and at the end, a fresh one has to take what is sound.
 *
 * @throws Error if a fresh connection does not work; whatever a reader throws, which it never should
 */
export async function fuzzFrames(
  { sound, fresh }: FuzzedProtocol,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<FuzzedFrames> {
  const random = mulberry32(seed)
  let reader = await fresh()
  let [closed, answered, slowestMs, frames] = [0, 0, 0, 0]
  for (let frame = 1; frame <= count; frame++) {
    const octets = damaged(sound, random)
    const before = cpuUsage()
    try {
      reader.receive(octets)
      if (reader.settled) await reader.settled()
    } catch (cause) {
      throw new Error(`Frame ${frame} of seed ${seed} was thrown at: ${octets.toString('hex')}`, { cause })
    }
    slowestMs = Math.max(slowestMs, cpuUsage(before).user / 1_000)
    frames++
    if (!reader.isClosed && frames < FRAMES_PER_CONNECTION && frame < count) continue
    if (reader.isClosed) closed++
    answered += reader.answered
    frames = 0
    reader = await fresh()
  }
  return { frames: count, closed, answered, slowestMs }
}
