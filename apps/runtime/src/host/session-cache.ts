import { LRUCache } from 'lru-cache'
import type { SessionKey, SessionRow } from '../db/hot/types.ts'

/**
 * Sessions as this process stored them last. Only a shortcut: `rev` refuses whatever was computed from a row that
 * another process has moved on.
 */
export interface SessionCache {
  get(key: SessionKey): SessionRow | undefined
  put(row: SessionRow): void
  drop(key: SessionKey): void
  /** Forgets a phone on these channels: what was said on one counts on all. */
  dropPhone(phone: string, channels: Iterable<string>): void
  /**
   * Forgets phones of which something changed outside any session, or everybody; also what a turn that began before the
   * change is about to put.
   */
  forget(phones: readonly string[] | 'all', channels: Iterable<string>): void
}

/** Longer than any turn takes from its load to its store. */
const IN_FLIGHT_MS = 15_000

export function sessionCache(max = 10_000): SessionCache {
  const rows = new LRUCache<string, SessionRow>({ max })
  const changed = new LRUCache<string, true>({ max: 10_000, ttl: IN_FLIGHT_MS })
  return {
    get: (key) => rows.get(nameOf(key)),
    put(row) {
      // Opting in or out may happen in another process, and queued starts begin there: such rows are read each time.
      if (row.suppressed.length > 0 || row.hasPendingStart || changed.has(row.phone)) rows.delete(nameOf(row))
      else rows.set(nameOf(row), row)
    },
    drop: (key) => void rows.delete(nameOf(key)),
    dropPhone(phone, channels) {
      for (const channel of channels) rows.delete(nameOf({ channel, phone }))
    },
    forget(phones, channels) {
      if (phones === 'all') {
        for (const { phone } of rows.values()) changed.set(phone, true)
        rows.clear()
        return
      }
      for (const phone of phones) {
        changed.set(phone, true)
        this.dropPhone(phone, channels)
      }
    },
  }
}

/** One key of a map for one (channel, phone). */
export function nameOf({ channel, phone }: SessionKey): string {
  return `${channel}\0${phone}`
}
