import { loadRule, mayReach } from '../../campaigns/rules.ts'
import { recipientOf } from '../../host/services/recipient.ts'
import { Problem } from '../http/problem.ts'
import type { ApiServices } from '../services.ts'
import type { Principal } from './principal.ts'

const DAY_MS = 86_400_000

/** What somebody asks to send. */
export interface AskedToSend {
  readonly channel: string
  readonly to: string
  readonly segments: number
}

/**
 * Lets a request to send pass where the limits do: the prefixes that are allowed, and what the key may ask for in a day
 * (UTC), counted in table `rate_limit`. What leaves later, the senders look at.
 * @throws Problem `messages/not-allowed` or `messages/over-cap`; Refusal where nobody can be reached like that
 */
export function sendingLimits({ sql, clock, routing }: Pick<ApiServices, 'sql' | 'clock' | 'routing'>) {
  return async ({ id }: Principal, { channel, to, segments }: AskedToSend): Promise<void> => {
    const limits = await loadRule(sql, 'limits')
    const { phone } = recipientOf(routing.current, channel, to)
    if (!mayReach(limits)(phone)) {
      const detail =
        'No texts go to numbers that begin so. Add the prefix to the limits (PUT /api/v1/campaigns/limits).'
      throw new Problem('messages/not-allowed', detail)
    }
    const cap = limits.keys.find(({ key }) => id === `key:${key}`)
    if (cap === undefined || (await taken(cap, segments))) return
    const retryAfterSeconds = Math.ceil((DAY_MS - (clock.now() % DAY_MS)) / 1_000)
    const detail = `This key may ask for ${cap.segmentsPerDay} segments a day (UTC), and they are used up. Ask an administrator to raise its cap, or wait for tomorrow.`
    throw new Problem('messages/over-cap', detail, { retryAfterSeconds }, { 'retry-after': String(retryAfterSeconds) })
  }

  /** In one statement, so that requests at once do not pass together. */
  async function taken(
    { key, segmentsPerDay }: { readonly key: string; readonly segmentsPerDay: number },
    segments: number,
  ): Promise<boolean> {
    if (segments > segmentsPerDay) return false
    const now = clock.now()
    const name = `key-cap:${key}:${new Date(now).toISOString().slice(0, 10)}`
    const rows = await sql.query(
      `insert into rate_limit (key, points, expire) values ($1::text, $2::int, $3::bigint)
       on conflict (key) do update set points = rate_limit.points + excluded.points
         where rate_limit.points + excluded.points <= $4::int returning 1`,
      [name, segments, now + 2 * DAY_MS, segmentsPerDay],
    )
    return rows.length > 0
  }
}
