import type { Json, LinkStatus } from '@textloom/core'
import type { MtSettle } from '../db/hot/settle-and-claim.ts'
import type { TakenTurn } from './turn/take-turn.ts'

/** Something that just happened, for whoever looks on. */
export interface FeedItem {
  readonly at: number
  /** As event rows name it (`EventKind`), `link.status`, `campaign.progress` or `import.progress`. */
  readonly kind: string
  readonly channel?: string
  readonly phone?: string
  readonly data: Json
}

/** What happens in this process, as it happens. Nothing is kept: who comes later reads the tables. */
export interface Feed {
  /** Calls back with every item until the returned function is called. */
  subscribe(heard: (item: FeedItem) => void): () => void
  stored(turns: readonly TakenTurn[]): void
  settled(settles: readonly MtSettle[], at: number): void
  status(link: string, status: LinkStatus): void
  /** How far a campaign has come. */
  campaign(id: string, progress: object, at: number): void
  /** How far an import of contacts has come. */
  imported(id: string, progress: object, at: number): void
}

export function openFeed(): Feed {
  const listeners = new Set<(item: FeedItem) => void>()
  const publish = (item: FeedItem) => {
    for (const heard of listeners) heard(item)
  }
  return {
    subscribe(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    stored(turns) {
      if (listeners.size === 0) return
      for (const { turn } of turns) {
        for (const { at, kind, channel, phone, data } of turn.batch.events) publish({ at, kind, channel, phone, data })
      }
    },
    settled(settles, at) {
      if (listeners.size === 0) return
      for (const { channel, phone, event } of settles)
        if (event !== undefined) publish({ at, channel, phone, ...event })
    },
    campaign: (id, progress, at) =>
      publish({ at, kind: 'campaign.progress', data: { campaign: id, ...progress } as Json }),
    imported: (id, progress, at) => publish({ at, kind: 'import.progress', data: { import: id, ...progress } as Json }),
    status: (link, status) => publish({ at: status.since, kind: 'link.status', data: { link, ...status } }),
  }
}
