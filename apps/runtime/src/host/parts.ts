import type { Clock, InboundMo } from '@textloom/core'
import { type AssembledMessage, addPart, checkHeld, type HeldMessage, type MessagePart } from '@textloom/sms'
import type { Part, StoredParts } from '../db/hot/parts.ts'
import type { SessionKey } from '../db/hot/types.ts'
import { storable } from './border.ts'
import { held } from './held.ts'
import { inTurn } from './in-turn.ts'
import type { MoArrived } from './incoming.ts'
import { type Loop, startLoop } from './loop.ts'
import { type Pauses, realPauses } from './pauses.ts'
import type { Submit } from './submit.ts'

/** Puts long MOs together. */
export interface Parts {
  /**
   * Stores a part and, with the last one, submits the message. Resolves when the part may be acknowledged.
   * @throws StoreUnavailable
   */
  receive(mo: InboundMo & { part: NonNullable<InboundMo['part']> }, at: PartOrigin): Promise<void>
  stop(): Promise<void>
}

/** Where a part came in. */
export interface PartOrigin extends SessionKey {
  readonly link: string
  /** How long after its message was handled an equal part is still a redelivery. */
  readonly reuseAfterMs: number
}

/** The database as it is asked about parts. */
export interface PartStore {
  /** `reuseAfterMs`: how long after its message was handled the same part is a redelivery. */
  store(part: Part, reuseAfterMs: number): Promise<StoredParts>
  /** Of messages of which nothing came since `before`. */
  overdue(request: { readonly before: number; readonly limit: number }): Promise<readonly Part[]>
}

export interface PartsDeps {
  readonly store: PartStore
  readonly clock: Clock
  readonly submit: Submit
  newId(): string
  failed(error: Error): void
  readonly pauses?: Pauses
}

/** Silence after which an incomplete message is released as far as it came: a hole may still leave a STOP readable. */
const INCOMPLETE_AFTER_MS = 180_000
const SCAN_MS = 10_000
const MOST_AT_ONCE = 500

export function joinParts({ store, clock, submit, newId, failed, pauses = realPauses }: PartsDeps): Parts {
  const oneByOne = inTurn()
  let isFirstScan = true

  const loop: Loop = startLoop(
    async () => {
      const overdueAt = clock.now() - INCOMPLETE_AFTER_MS
      // The first scan also looks for messages whose process died between their last part and their handling.
      const found = await store.overdue({ before: isFirstScan ? clock.now() : overdueAt, limit: MOST_AT_ONCE })
      for (const parts of messagesIn(found)) {
        const isComplete = parts.length === parts[0]?.total
        const isOverdue = parts.every(({ receivedAt }) => receivedAt <= overdueAt)
        if (isComplete || isOverdue) await submitJoined(parts)
      }
      const isMore = found.length === MOST_AT_ONCE && !isFirstScan
      isFirstScan = false
      return isMore ? 0 : SCAN_MS
    },
    failed,
    pauses,
  )

  async function submitJoined(parts: readonly Part[]): Promise<void> {
    const [first] = parts
    const message = assembled(parts)
    if (first === undefined || message === undefined) return
    const { channel, phone, link, recipient, reference } = first
    const text = message.text
    const event: MoArrived = {
      kind: 'mo',
      channel,
      phone,
      // The lowest part there is names the message: the same however often its parts are put together.
      messageId: `parts:${first.messageId}`,
      id: newId(),
      link,
      from: sourceOf(first),
      to: recipient,
      text: storable(text ?? ''),
      receivedAt: Math.max(...parts.map(({ receivedAt }) => receivedAt)),
      parts: { reference, sequences: parts.map(({ sequence }) => sequence), missing: message.missing },
      ...(text === undefined && { rawHex: Buffer.from(message.octets).toString('hex') }),
    }
    await submit(event)
  }

  return {
    async receive(mo, { channel, phone, link, reuseAfterMs }) {
      const { part } = mo
      const row: Part = {
        channel,
        phone,
        reference: referenceOf(mo),
        sequence: part.sequence,
        total: part.total,
        encoding: part.encoding,
        octetsHex: Buffer.from(part.octets).toString('hex'),
        link,
        messageId: mo.id,
        recipient: mo.to,
        receivedAt: clock.now(),
      }
      // One after the other: of two statements at once neither would see the other's part, and nobody the last one.
      const { waiting } = await oneByOne(`${channel} ${phone} ${row.reference}`, () =>
        held(() => store.store(row, reuseAfterMs), { pauses }),
      )
      if (waiting.length === part.total) await submitJoined(waiting)
    },
    stop: loop.stop,
  }
}

/**
 * Names a message among those of one phone on one channel. The reference alone is not enough: it has 256 values, and
 * many senders always use 0. The source as it was written is in it because the row has no column for it.
 */
function referenceOf({ part, from, to }: InboundMo): string {
  return JSON.stringify([part?.reference, part?.referenceBits ?? 0, part?.total, from, to])
}

function sourceOf({ reference }: Part): string {
  const [, , , from] = JSON.parse(reference) as [number, number, number, string]
  return from
}

/** The parts of each message, by sequence. */
function messagesIn(parts: readonly Part[]): Part[][] {
  const messages = Map.groupBy(parts, ({ channel, phone, reference }) => JSON.stringify([channel, phone, reference]))
  return [...messages.values()].map((list) => list.toSorted((a, b) => a.sequence - b.sequence))
}

/** The message as far as it is there. */
function assembled(parts: readonly Part[]): AssembledMessage | undefined {
  let all: HeldMessage | undefined
  for (const part of parts) {
    const added = addPart(all, messagePartOf(part), 0)
    if (added.message !== undefined) return added.message
    all = added.held
  }
  if (all === undefined) return undefined
  const check = checkHeld(all, Number.POSITIVE_INFINITY)
  return check.outcome === 'incomplete' ? check.message : undefined
}

function messagePartOf({ reference, total, sequence, encoding, octetsHex, recipient, phone }: Part): MessagePart {
  return {
    reference: 0,
    referenceBits: 16,
    total,
    sequence,
    source: `${phone} ${reference}`,
    destination: recipient,
    octets: Buffer.from(octetsHex, 'hex'),
    charset: encoding === 'binary' ? undefined : encoding,
  }
}
