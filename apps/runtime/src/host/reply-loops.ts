import { LRUCache } from 'lru-cache'
import { fnv1a } from '../db/bucket.ts'
import type { ChannelRoute } from './channel-route.ts'
import type { MoArrived } from './incoming.ts'
import { nameOf } from './session-cache.ts'

/**
 * `found`: a machine writes that answers whatever we write, and this is the first text that must not be answered;
 * `known`: one more of them.
 */
export type LoopVerdict = 'fine' | 'found' | 'known'

/** Knows machines by what they write: answering those would never end. */
export interface ReplyLoops {
  /** Looks at a text that is about to be handled; the same text, handled once more, is judged as before. */
  judge(mo: MoArrived, route: ChannelRoute): LoopVerdict
}

interface Talk {
  /** By message id: when a text came, and what it says; 0 where it is too short to tell a machine by. */
  readonly texts: Map<string, { readonly at: number; readonly hash: number }>
  /** The text by which it was found, and when the last one came that was not answered. */
  held: { readonly by: string; lastAt: number } | undefined
}

const WINDOW_MS = 1_800_000
const MINUTE_MS = 60_000
/** People write "1" and "yes" again and again, and seldom more than that. */
const SHORTEST = 12
const DEFAULT_REPEATS = 15
/** Of a phone; those before are forgotten. */
const MOST_TEXTS = 500
const MOST_PHONES = 10_000

/** Remembers the texts of the last half hour of the phones that wrote last, in this process. */
export function replyLoops(): ReplyLoops {
  const talks = new LRUCache<string, Talk>({ max: MOST_PHONES })

  return {
    judge(mo, route) {
      // A person decided that it is to be handled after all.
      if (mo.messageId.startsWith('retry:')) return 'fine'
      const name = nameOf(mo)
      const talk: Talk = talks.get(name) ?? { texts: new Map(), held: undefined }
      talks.set(name, talk)
      remember(talk, mo)
      if (!isLoop(talk, mo, route)) return 'fine'
      const { held } = talk
      const isNews = held === undefined || mo.receivedAt - held.lastAt > WINDOW_MS
      talk.held = { by: isNews ? mo.messageId : held.by, lastAt: mo.receivedAt }
      return talk.held.by === mo.messageId ? 'found' : 'known'
    },
  }
}

function remember({ texts }: Talk, { messageId, text, receivedAt: at }: MoArrived): void {
  for (const [id, before] of texts) if (before.at < at - WINDOW_MS) texts.delete(id)
  const said = text.trim()
  if (!texts.has(messageId)) texts.set(messageId, { at, hash: said.length < SHORTEST ? 0 : fnv1a(said) })
  for (const id of texts.keys()) if (texts.size > MOST_TEXTS) texts.delete(id)
}

function isLoop({ texts }: Talk, mo: MoArrived, route: ChannelRoute): boolean {
  if (mo.phone === route.address) return true
  const all = [...texts.values()]
  const { textsPerMinute, repeats: most = DEFAULT_REPEATS } = route
  const lately = all.filter(({ at }) => at > mo.receivedAt - MINUTE_MS).length
  if (textsPerMinute !== undefined && lately > textsPerMinute) return true
  const hash = texts.get(mo.messageId)?.hash ?? 0
  if (hash === 0 || most === 0) return false
  const hashes = all.flatMap((one) => (one.hash === 0 ? [] : [one.hash]))
  const isRepeated = hashes.filter((one) => one === hash).length > 1
  return isRepeated && hashes.length - new Set(hashes).size > most
}
