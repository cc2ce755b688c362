import { LRUCache } from 'lru-cache'
import type { Sql } from '../db/sql.ts'
import { firstIdAt } from './ids.ts'

/** An MO as it is remembered to recognise a redelivery. */
export interface RecentMo {
  readonly id: string
  readonly fingerprint: string
  readonly at: number
}

/**
 * Recognises what a network delivers again after a reconnect, on wires whose MOs have no ids of their own: for 60 s
 * after a bind, an MO that equals one received in the 30 s before the drop takes that one's id, each at most once
 * (ARCHITECTURE §3). One per link. Times are the host clock's.
 */
export interface Redelivery {
  /** A bind that receives begins. */
  bound(now: number): void
  /** The connection is gone. */
  dropped(now: number): void
  /** The id under which an MO is to be submitted. */
  idOf(mo: { readonly id: string; readonly fingerprint: string }, now: number): string
  /** The MO was answered with a temporary error: the network will try again, on the same bind too. */
  refused(mo: RecentMo): void
  /** How long ago a part may have been handled to be a redelivery now, when one equals it. */
  partWindowMs(now: number): number
}

const AFTER_BIND_MS = 60_000
const BEFORE_DROP_MS = 30_000
/** Networks try again within minutes what they were told to try again. */
const REFUSED_MS = 600_000
/** What is remembered while a bind lasts is bounded by its traffic in 30 s; the rest by this. */
const MOST_REMEMBERED = 10_000

/**
 * @param before what was received in the 30 s before the process before us was surely alive last, and after
 * @param aliveAt that moment; undefined where it left in order
 */
export function redeliveryAfter(before: readonly RecentMo[], aliveAt?: number): Redelivery {
  const candidates = byFingerprint(before)
  const refused = new Map<string, RecentMo[]>()
  /** Ids given, by the ids the MOs came with: the same PDU may come again on the same bind. */
  const given = new LRUCache<string, string>({ max: MOST_REMEMBERED })
  let recent: RecentMo[] = []
  let droppedAt: number | undefined = aliveAt
  let isBound = false
  let windowEndsAt: number | undefined

  function forgetOld(now: number): void {
    const firstKept = recent.findIndex(({ at }) => now - at <= BEFORE_DROP_MS)
    if (firstKept > 100 || firstKept === -1) recent = recent.slice(firstKept === -1 ? recent.length : firstKept)
  }

  return {
    bound(now) {
      if (isBound) this.dropped(now)
      isBound = true
      windowEndsAt = now + AFTER_BIND_MS
    },
    dropped(now) {
      if (!isBound) return
      isBound = false
      droppedAt = now
      for (const mo of recent) if (now - mo.at <= BEFORE_DROP_MS) add(candidates, mo)
      recent = []
    },
    idOf({ id, fingerprint }, now) {
      if (windowEndsAt !== undefined && now > windowEndsAt) {
        candidates.clear()
        windowEndsAt = undefined
      }
      const before = given.get(id)
      if (before !== undefined) return before
      const known = take(candidates, fingerprint) ?? take(refused, fingerprint, now - REFUSED_MS)
      const mo = { id: known?.id ?? id, fingerprint, at: now }
      given.set(id, mo.id)
      recent.push(mo)
      forgetOld(now)
      return mo.id
    },
    refused(mo) {
      if (refused.size >= MOST_REMEMBERED) refused.clear()
      add(refused, mo)
    },
    partWindowMs(now) {
      const isNear = windowEndsAt !== undefined && now <= windowEndsAt && droppedAt !== undefined
      return isNear ? now - (droppedAt ?? now) + BEFORE_DROP_MS : AFTER_BIND_MS
    },
  }
}

interface RecentRow {
  readonly message_id: string
  readonly fingerprint: string
  readonly at: Date
}

/**
 * What a link received in the 30 s before `aliveAt` and since: what the network may not have been told that we have.
 * `aliveAt` null (the owner left in order, having answered everything): nothing.
 */
export async function recentMos(sql: Sql, link: string, aliveAt: number | null): Promise<RecentMo[]> {
  if (aliveAt === null) return []
  // By id, which is the time of receipt: `at` has no index.
  const rows = await sql.query<RecentRow>(
    `select message_id, body ->> 'fingerprint' as fingerprint, at from inbox
     where kind = 'mo' and id >= $1::uuid and link = $2::text and body ->> 'fingerprint' is not null order by id`,
    [firstIdAt(Math.max(0, aliveAt - BEFORE_DROP_MS)), link],
  )
  return rows.map(({ message_id, fingerprint, at }) => ({ id: message_id, fingerprint, at: at.getTime() }))
}

function byFingerprint(mos: readonly RecentMo[]): Map<string, RecentMo[]> {
  const map = new Map<string, RecentMo[]>()
  for (const mo of mos) add(map, mo)
  return map
}

function add(map: Map<string, RecentMo[]>, mo: RecentMo): void {
  const list = map.get(mo.fingerprint)
  if (list === undefined) map.set(mo.fingerprint, [mo])
  else list.push(mo)
}

/** Takes the oldest with this fingerprint that is not older than `since`. */
function take(
  map: Map<string, RecentMo[]>,
  fingerprint: string,
  since = Number.NEGATIVE_INFINITY,
): RecentMo | undefined {
  const list = map.get(fingerprint)
  while (list !== undefined && list.length > 0) {
    const mo = list.shift()
    if (list.length === 0) map.delete(fingerprint)
    if (mo !== undefined && mo.at >= since) return mo
  }
  return undefined
}
