import type { Buffer } from 'node:buffer'

/** A frame of a protocol whose requests are numbered, and whose answers repeat the number. */
export interface Frame {
  readonly number: number
  readonly isAnswer: boolean
}

/** A frame that a session has still to number. */
export type Unnumbered<F extends Frame> = Omit<F, 'number'>

/** The numbers that one side gives its requests, in a circle. */
export interface Numbers {
  readonly first: number
  readonly step: number
  readonly count: number
}

/** Which end of a connection: the one that logs in, or the one that is logged in to. */
export type Side = 'client' | 'server'

/** How frames are written and read. */
export interface FrameCodec<F extends Frame> {
  /** The `kind` of links that speak it. */
  readonly kind: 'ucp' | 'cimd2'
  readonly maxFrameOctets: number
  /** Octets that may stand between two frames without being one. */
  readonly maxStrayOctets: number
  readonly numbers: Readonly<Record<Side, Numbers>>
  /** With STX and ETX. @throws FrameError for what the protocol cannot carry. */
  encode(frame: F): Buffer
  /** Reads what stands between STX and ETX. @throws FrameError */
  decode(content: Buffer): F
  /** Whether an answer may be the one to this request, whose number it has. */
  isAnswerTo(answer: F, request: F): boolean
  /** Whether an answer that belongs to no request says that the two sides no longer agree on where they are. */
  isOutOfStep(answer: F): boolean
  /** A request in the words of the specification, for errors and logs. */
  nameOf(frame: F): string
}

/**
 * A frame that does not parse or cannot be written. The message names the place and never quotes what stands there.
 */
export class FrameError<F extends Frame = Frame> extends Error {
  override readonly name = 'FrameError'
  /** What tells the peer, if enough of its frame could be read to answer it. */
  readonly nack: F | undefined

  constructor(message: string, nack?: F) {
    super(message)
    this.nack = nack
  }
}
