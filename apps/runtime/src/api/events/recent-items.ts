import type { Feed, FeedItem } from '../../host/feed.ts'

/** A feed item with its place in the stream. */
export interface NumberedItem {
  /** `<stream>-<number>`: names one item of one run of the runtime. */
  readonly id: string
  readonly item: FeedItem
}

/** The feed, with what was last on it: a browser that lost its connection for a moment misses nothing. */
export interface RecentItems {
  /** What came after `id`; undefined when that is not known (any more). */
  after(id: string): readonly NumberedItem[] | undefined
  subscribe(heard: (item: NumberedItem) => void): () => void
  /** The id that the next look may begin after. */
  readonly lastId: string
}

const MOST = 1_000

/** `stream` must differ from run to run, or an old id would be taken for a new one. */
export function recentItems(feed: Pick<Feed, 'subscribe'>, stream: string): RecentItems {
  const items: NumberedItem[] = []
  const listeners = new Set<(item: NumberedItem) => void>()
  let count = 0
  feed.subscribe((item) => {
    count += 1
    const numbered = { id: `${stream}-${count}`, item }
    items.push(numbered)
    if (items.length > MOST) items.shift()
    for (const heard of listeners) heard(numbered)
  })
  return {
    get lastId() {
      return `${stream}-${count}`
    },
    after(id) {
      if (id === `${stream}-${count}`) return []
      const index = items.findIndex((one) => one.id === id)
      return index === -1 ? undefined : items.slice(index + 1)
    },
    subscribe(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
}
