import type { StartOptions } from '@textloom/runtime/main'

export type Sql = Parameters<NonNullable<StartOptions['wrapSql']>>[0]

/** Set to run processes whose leases pass on sooner than those of the product: a test need not wait so long then. */
export const QUICK_LEASES = 'TEST_QUICK_LEASES'

/** Longer than the time between two renewals. */
const TTL_MS = 7_000
const GRACE_MS = 0

/** The same way to the database; where the environment says so, leases of little time and no grace. */
export function quickLeases(sql: Sql): Sql {
  if (process.env[QUICK_LEASES] === undefined) return sql
  return {
    ...sql,
    query: (text, params = []) => {
      const changed = [...params]
      const isTaking = /^\s*insert into lease/.test(text)
      if (isTaking) changed.splice(2, 2, TTL_MS, GRACE_MS)
      // What gives a lease back has no third.
      else if (/^\s*update lease/.test(text) && changed.length === 3) changed.splice(2, 1, TTL_MS)
      return sql.query(text, changed)
    },
  }
}
