import { type Clock, wallTimeAt } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import type { Log } from './log.ts'
import { startLoop } from './loop.ts'
import type { RoutingTable } from './routing-table.ts'

/** The daily quotas of channels: segments that a provider takes in a day. */
export interface ChannelQuotas {
  /** Segments that a channel may still send today; undefined where it has no quota. */
  remaining(channel: string): number | undefined
  take(channel: string, segments: number): void
  stop(): Promise<void>
}

export interface ChannelQuotasDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly routing: Pick<RoutingTable, 'current'>
  readonly log: Log
  failed(error: Error): void
}

const COUNT_MS = 1_000
const DAY_MS = 86_400_000
/** At these shares of a quota the operator is told. */
const ALERTS = [1, 0.8]

interface Count {
  readonly key: string
  /** As the table has it; undefined before it was asked. */
  known: number | undefined
  /** Taken here and not written down yet. */
  pending: number
  told: number
}

/**
 * Counts what channels with a `dailyQuota` send, in table `rate_limit`, so that all processes and the next start know.
 * A day begins at midnight by the channel's clock, else by UTC. A process that is killed forgets a second's worth.
 */
export function startChannelQuotas({ sql, clock, routing, log, failed }: ChannelQuotasDeps): ChannelQuotas {
  const counts = new Map<string, Count>()

  function countOf(channel: string): { readonly count: Count; readonly quota: number } | undefined {
    const route = routing.current.channels.get(channel)
    if (route?.dailyQuota === undefined) return undefined
    const key = `channel-quota:${channel}:${dayText(clock.now(), route.timezone)}`
    const before = counts.get(channel)
    const count = before?.key === key ? before : { key, known: undefined, pending: 0, told: 0 }
    counts.set(channel, count)
    return { count, quota: route.dailyQuota }
  }

  async function countAll(): Promise<void> {
    for (const channel of routing.current.channels.keys()) {
      const found = countOf(channel)
      if (found === undefined) continue
      const { count, quota } = found
      if (count.known !== undefined && count.pending === 0) continue
      const taken = count.pending
      const [row] = await sql.query<{ points: number }>(
        `insert into rate_limit (key, points, expire) values ($1::text, $2::int, $3::bigint)
         on conflict (key) do update set points = rate_limit.points + excluded.points returning points`,
        [count.key, taken, clock.now() + 2 * DAY_MS],
      )
      count.pending -= taken
      count.known = row?.points ?? 0
      tell(channel, count, quota)
    }
  }
  const loop = startLoop(async () => {
    await countAll()
    return COUNT_MS
  }, failed)

  function tell(channel: string, count: Count, quota: number): void {
    const reached = ALERTS.find((share) => (count.known ?? 0) >= quota * share) ?? 0
    if (reached <= count.told) return
    count.told = reached
    const sentence =
      reached === 1
        ? `Channel "${channel}" has sent the ${quota} segments of its daily quota: what is left waits for tomorrow.`
        : `Channel "${channel}" has sent ${Math.round(reached * 100)} % of its daily quota of ${quota} segments.`
    log('warn', sentence, { channel })
  }

  return {
    remaining(channel) {
      const found = countOf(channel)
      if (found === undefined) return undefined
      const { known, pending } = found.count
      if (known === undefined) loop.wake()
      return known === undefined ? 0 : Math.max(0, found.quota - known - pending)
    },
    take(channel, segments) {
      const found = countOf(channel)
      if (found !== undefined) found.count.pending += segments
    },
    async stop() {
      await loop.stop()
      await countAll().catch(failed)
    },
  }
}

function dayText(now: number, zone = 'UTC'): string {
  const { year, month, day } = wallTimeAt(now, zone)
  return `${year}-${month}-${day}`
}
