import type { Clock } from '@textloom/core'
import { expireWaiting } from '../db/hot/expire.ts'
import { adoptOrphans, reroute } from '../db/hot/reroute.ts'
import type { Sql } from '../db/sql.ts'
import type { Log } from '../host/log.ts'
import { type Loop, startLoop } from '../host/loop.ts'
import type { RoutingTable } from '../host/routing-table.ts'
import type { LinkSupervisor } from './supervisor.ts'

export interface FailOverDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly routing: RoutingTable
  readonly links: LinkSupervisor
  readonly log: Log
  failed(error: Error): void
}

const CHECK_MS = 2_000
const EXPIRE_MS = 30_000
/** A short interruption is over sooner than it is worth changing the way. */
const DOWN_MS = 10_000
/** As long as a new owner of a lease waits for the old one (host/ownership.ts). */
const GRACE_MS = 5_000

/**
 * Sends what waits for a link that has been down for ten seconds by the next one of its channel, and what waits for a
 * link that its channel does not use any more by one that it does. Gives up what waited too long for either.
 */
export function startFailOver({ sql, clock, routing, links, log, failed }: FailOverDeps): Loop {
  const isDown = (link: string): boolean => {
    const status = links.status(link)
    // Without a status the link is another process's, which looks after it.
    return status !== undefined && status.state !== 'bound' && clock.now() - status.since >= DOWN_MS
  }
  let expiresAtMs = 0
  return startLoop(async () => {
    if (performance.now() >= expiresAtMs) {
      await expireWaiting(sql, clock.now())
      expiresAtMs = performance.now() + EXPIRE_MS
    }
    for (const route of routing.current.channels.values()) {
      const keep = route.links.filter((link) => !isDown(link))
      const [to] = keep
      if (to === undefined) continue
      const where = { channel: route.id, to }
      const count =
        (await reroute(sql, { ...where, keep })) + (await adoptOrphans(sql, { ...where, graceMs: GRACE_MS }))
      if (count > 0) log('warn', `${count} messages go by link "${to}" instead`, { channel: route.id, link: to })
    }
    return CHECK_MS
  }, failed)
}
