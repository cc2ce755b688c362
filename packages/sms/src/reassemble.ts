import { decodeText, type ReadableCharset } from './charset.ts'
import type { Concatenation } from './udh.ts'

/** One received part of a long message, whatever told its numbers: a UDH element or the SAR fields of SMPP. */
export interface MessagePart extends Concatenation {
  readonly source: string
  readonly destination: string
  /** The alphabet of the octets; undefined if they are binary or cannot be read. */
  readonly charset: ReadableCharset | undefined
  /** The part without its header; GSM 7-bit unpacked. */
  readonly octets: Uint8Array
}

/** The fields of a part that tell which message it belongs to. */
export type PartIdentity = Pick<MessagePart, 'source' | 'destination' | 'referenceBits' | 'reference' | 'total'>

/** A message put together from its parts. */
export interface AssembledMessage {
  /** The text, with `…` for each gap; absent if any part is binary. */
  readonly text?: string
  /** The octets of all parts there are, in order. */
  readonly octets: Uint8Array
  readonly isComplete: boolean
  /** The sequence numbers that never came. */
  readonly missing: readonly number[]
}

/** What is kept about one long message between its parts. Made by {@link addPart}; plain data, never changed in place. */
export interface HeldMessage {
  readonly key: string
  readonly total: number
  /** By sequence number. */
  readonly parts: ReadonlyMap<number, MessagePart>
  /** While parts are missing: when to give up. Afterwards: until when a repeated part is known as one. */
  readonly dueAtMs: number
  readonly isComplete: boolean
}

/** What became of a part. */
export interface AddedPart {
  /**
   * `complete`: it was the last one, here is `message`. `pending`: others are missing. `duplicate`: it was here before.
   * `standalone`: its numbers make no sense, so it is a `message` by itself (3GPP TS 23.040 §9.2.3.24.1).
   */
  readonly outcome: 'complete' | 'pending' | 'duplicate' | 'standalone'
  readonly message?: AssembledMessage
  /** What to hold from now on under the part's key; absent after `standalone`. */
  readonly held?: HeldMessage
  /** An incomplete message that had to make room, because the sender used its reference again. */
  readonly displaced?: AssembledMessage
}

/** What {@link checkHeld} says about a held message at a moment. */
export type HeldCheck =
  | { readonly outcome: 'waiting'; readonly dueAtMs: number }
  | { readonly outcome: 'forget' }
  | { readonly outcome: 'incomplete'; readonly message: AssembledMessage }

/** How long to wait. */
export interface ReassemblyTimes {
  /** Silence after the last new part that makes a message incomplete. Default ten minutes. */
  readonly timeoutMs?: number
  /** How long after completion a repeated part is still a duplicate, and not a new message. Default one minute. */
  readonly rememberMs?: number
}

const DEFAULT_TIMEOUT_MS = 600_000
const DEFAULT_REMEMBER_MS = 60_000

/**
 * What parts of the same message have in common. The reference alone is not enough: it has 256 values and many senders
 * always use 0.
 */
export function partKey({ source, destination, referenceBits, reference, total }: PartIdentity): string {
  return JSON.stringify([source, destination, referenceBits, reference, total])
}

/**
 * Adds a part to what is held under its {@link partKey}, if anything. Parts may come in any order and more than once. A
 * part that differs from the one held under its number begins a new message: the sender's references have come round.
 *
 * Nothing here knows a clock or a store: keep the parts, hand them in again after a restart in the order they came, and
 * ask {@link checkHeld} when `dueAtMs` has come. Until it is asked an overdue message still takes its parts, so that one
 * whose parts came before and after a long stop of the host is not torn apart.
 */
export function addPart(
  held: HeldMessage | undefined,
  part: MessagePart,
  nowMs: number,
  { timeoutMs = DEFAULT_TIMEOUT_MS, rememberMs = DEFAULT_REMEMBER_MS }: ReassemblyTimes = {},
): AddedPart {
  if (!isNumberedWell(part)) return { outcome: 'standalone', message: assemble([part]) }
  const key = partKey(part)
  assertSameKey(held, key)
  const current = held?.isComplete && nowMs >= held.dueAtMs ? undefined : held
  const twin = current?.parts.get(part.sequence)
  if (current !== undefined && twin !== undefined && isSamePart(twin, part)) {
    return { outcome: 'duplicate', held: current }
  }
  const parts = new Map(twin === undefined ? current?.parts : []).set(part.sequence, part)
  const isComplete = parts.size === part.total
  const dueAtMs = nowMs + (isComplete ? rememberMs : timeoutMs)
  const next: HeldMessage = { key, total: part.total, parts, dueAtMs, isComplete }
  const displaced = current !== undefined && twin !== undefined && !current.isComplete && assembleHeld(current)
  return {
    outcome: isComplete ? 'complete' : 'pending',
    held: next,
    ...(isComplete && { message: assembleHeld(next) }),
    ...(displaced && { displaced }),
  }
}

/**
 * What to do with a held message now. An overdue one is released as far as it came, marked incomplete: a text with a
 * hole may still say STOP, a dropped one says nothing. A complete one is forgotten when its parts can no longer repeat.
 */
export function checkHeld(held: HeldMessage, nowMs: number): HeldCheck {
  if (nowMs < held.dueAtMs) return { outcome: 'waiting', dueAtMs: held.dueAtMs }
  return held.isComplete ? { outcome: 'forget' } : { outcome: 'incomplete', message: assembleHeld(held) }
}

function isNumberedWell({ total, sequence }: Concatenation): boolean {
  return Number.isInteger(total) && Number.isInteger(sequence) && sequence >= 1 && sequence <= total
}

function assertSameKey(held: HeldMessage | undefined, key: string): void {
  if (held === undefined || held.key === key) return
  throw new Error('addPart was given a part and a held message of different keys. Look the held message up by partKey.')
}

function isSamePart(a: MessagePart, b: MessagePart): boolean {
  return (
    a.charset === b.charset &&
    a.octets.length === b.octets.length &&
    a.octets.every((octet, index) => octet === b.octets[index])
  )
}

function assembleHeld({ parts, total }: HeldMessage): AssembledMessage {
  return assemble(Array.from({ length: total }, (_, index) => parts.get(index + 1)))
}

function assemble(slots: readonly (MessagePart | undefined)[]): AssembledMessage {
  const present = slots.filter((part) => part !== undefined)
  const missing = slots.flatMap((part, index) => (part === undefined ? [index + 1] : []))
  const isText = present.every(({ charset }) => charset !== undefined)
  return {
    ...(isText && { text: joinTexts(slots) }),
    octets: joinOctets(present.map(({ octets }) => octets)),
    isComplete: missing.length === 0,
    missing,
  }
}

/** Neighbours in one alphabet are joined before decoding: some senders cut an escape or surrogate pair in two. */
function joinTexts(slots: readonly (MessagePart | undefined)[]): string {
  let text = ''
  let run: MessagePart[] = []
  const endRun = () => {
    const charset = run[0]?.charset
    if (charset === undefined) return
    text += decodeText(joinOctets(run.map(({ octets }) => octets)), charset, { invalid: 'replace' })
    run = []
  }
  slots.forEach((part, index) => {
    if (part?.charset !== run[0]?.charset) endRun()
    if (part !== undefined) run.push(part)
    else if (index === 0 || slots[index - 1] !== undefined) text += '…'
  })
  endRun()
  return text
}

function joinOctets(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((octets, piece) => octets + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}
