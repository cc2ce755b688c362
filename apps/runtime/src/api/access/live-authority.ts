import { liveSessions } from '../../accounts/browser-sessions.ts'
import { drizzleOver } from '../../db/drizzle.ts'
import type { ApiServices } from '../services.ts'
import { liveKeys } from './keys.ts'
import type { Principal } from './principal.ts'

/** Tells streams, which are let in once and then stay, when whoever opened them may not any more. */
export interface Revocations {
  /** Calls `revoked` once, within seconds of it. Returns what ends the watch. */
  watch(principal: Principal, revoked: () => void): () => void
}

const LOOK_EVERY_MS = 2_000

/** One look at the database for all streams together, and none while there are none. */
export function watchRevocations({ sql, clock, log }: Pick<ApiServices, 'sql' | 'clock' | 'log'>): Revocations {
  const db = drizzleOver(sql)
  const watchers = new Set<{ readonly principal: Principal; revoked(): void }>()
  let timer: NodeJS.Timeout | undefined

  async function look(): Promise<void> {
    const watched = [...watchers]
    const sessions = watched.flatMap(({ principal: { session } }) => session ?? [])
    const keys = watched.flatMap(({ principal }) => keyOf(principal) ?? [])
    const now = new Date(clock.now())
    const [live, liveKeyIds] = await Promise.all([liveSessions(db, [...new Set(sessions)], now), liveKeys(db, keys)])
    for (const watcher of watched) {
      const { principal } = watcher
      const key = keyOf(principal)
      const isLive =
        (principal.session === undefined || live.has(principal.session)) && (key === undefined || liveKeyIds.has(key))
      if (!isLive && watchers.delete(watcher)) watcher.revoked()
    }
  }

  function schedule(): void {
    if (timer !== undefined || watchers.size === 0) return
    timer = setTimeout(() => {
      look()
        // Streams stay open while the database is away: nobody could revoke anything in the meantime.
        .catch((error: Error) => log('warn', 'open streams could not be checked', { error: error.name }))
        .finally(() => {
          timer = undefined
          schedule()
        })
    }, LOOK_EVERY_MS)
    timer.unref()
  }

  return {
    watch(principal, revoked) {
      if (principal.session === undefined && keyOf(principal) === undefined) return () => undefined
      const watcher = { principal, revoked }
      watchers.add(watcher)
      schedule()
      return () => watchers.delete(watcher)
    },
  }
}

function keyOf({ id }: Principal): string | undefined {
  return id.startsWith('key:') ? id.slice('key:'.length) : undefined
}
