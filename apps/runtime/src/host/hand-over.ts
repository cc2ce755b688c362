import type { OutboxWrite, StoreBatch } from '../db/hot/types.ts'
import type { Sender } from './outbox.ts'

/** MTs of one batch whose places in their links' windows are kept while the batch is being stored. */
export interface Offer {
  /** The batch, its MTs marked that may leave with it. */
  readonly batch: StoreBatch
  /** The batch is stored: sends those of its MTs that were claimed with it. */
  stored(handedOver: readonly string[]): void
  /** The batch is not stored, or nobody knows. */
  dropped(): void
}

/**
 * Offers the MTs of `batch` to their links. Where the link is this process's, can send at once and has nothing else
 * waiting, the statement that stores an MT claims it too, and it leaves without a pass over the outbox: one commit
 * between MO and MT instead of two (docs/decisions/0029-hand-over-at-store.md).
 */
export function offerFor(batch: StoreBatch, senderOf: (link: string) => Sender | undefined): Offer {
  const kept = new Map<string, { readonly mt: OutboxWrite; readonly sender: Sender }>()
  // A phone's MTs leave one after the other, and what it is told in the batch that stops it is the outbox's to judge.
  const taken = new Set((batch.suppressions ?? []).map(({ phone }) => phone))
  const outbox = batch.outbox?.map((mt) => {
    if (mt.link === null || mt.kind !== 'sms' || taken.has(mt.phone)) return mt
    taken.add(mt.phone)
    const sender = senderOf(mt.link)
    const handOver = sender?.reserve(mt)
    if (sender === undefined || handOver === undefined) return mt
    kept.set(mt.id, { mt, sender })
    return { ...mt, handOver }
  })
  return {
    batch: kept.size === 0 || outbox === undefined ? batch : { ...batch, outbox },
    stored(handedOver) {
      const claimed = new Set(handedOver)
      for (const [id, { mt, sender }] of kept) {
        if (claimed.has(id)) sender.handedOver(mt)
        else sender.kept(mt)
      }
    },
    dropped() {
      for (const { mt, sender } of kept.values()) sender.inDoubt(mt)
    },
  }
}
