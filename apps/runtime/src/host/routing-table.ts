import type { Sql } from '../db/sql.ts'
import { emptyRouting, loadRouting, type Routing } from './routing.ts'

/** What is configured now; read again whenever somebody says that it changed. */
export interface RoutingTable {
  readonly current: Routing
  /** Resolves once `current` holds what the database held when this was called, or later. */
  refresh(): Promise<void>
}

/** A table that is empty until its first refresh. */
export function routingTable(sql: Sql, defaultCountry?: string): RoutingTable {
  let current = emptyRouting
  let asked = 0
  let shown = 0
  return {
    get current() {
      return current
    },
    async refresh() {
      asked += 1
      const mine = asked
      const read = await loadRouting(sql, defaultCountry)
      // Readings may overtake each other: an older one never replaces a newer one.
      if (mine < shown) return
      shown = mine
      current = read
    },
  }
}
