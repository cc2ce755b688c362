import type { MiddlewareHandler } from 'hono'
import type { Sql } from '../../db/sql.ts'
import type { ApiEnv } from './env.ts'
import { Problem, problemResponse } from './problem.ts'

/** Together less than the two seconds after which whoever asks gives up. */
const PATIENCE = { requestMs: 1_400, lookMs: 400 }

/** Statements of ours that have waited for a lock for a while. */
const held = `
select 1 from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock' and state_change < clock_timestamp() - interval '1 second'
limit 1`

/**
 * Answers a request that reads with 503 where the database does not answer, or lets it wait for a lock. One that is only
 * slow goes on. Requests that write are left alone: they may still be carried out, and say so by themselves.
 */
export function patience(sql: Sql, { requestMs, lookMs } = PATIENCE): MiddlewareHandler<ApiEnv> {
  const isStuck = async () => {
    const found = await within(
      lookMs,
      sql.query(held).then(
        ({ length }) => length > 0,
        () => true,
      ),
    )
    return found ?? true
  }
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return next()
    const answered = next().then(() => true)
    while ((await within(requestMs, answered)) !== true) {
      if (!(await isStuck())) continue
      const detail = 'The database does not answer, or something else keeps it busy. Try again in a moment.'
      return problemResponse(c, new Problem('service/unavailable', detail, {}, { 'retry-after': '2' }))
    }
    return undefined
  }
}

/** What a promise resolves with; undefined where it takes longer. */
function within<Result>(ms: number, promise: Promise<Result>): Promise<Result | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), ms)
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
