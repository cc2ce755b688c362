import { parseDuration } from '@textloom/core'
import type { ChannelRoute } from '../host/channel-route.ts'
import type { Member } from './audience.ts'
import { type Occurrence, type Settled, settle } from './calendar/due.ts'
import type { QuietRules } from './calendar/quiet-hours.ts'
import { type ContactZones, zonesOf } from './calendar/zones-of.ts'
import type { Campaign } from './campaign-schema.ts'
import { holidaysFor, type Rule } from './rules.ts'
import { shareOf } from './share.ts'

/** When the texts of one campaign leave, by its rules. */
export interface Timing {
  readonly expiryMs: number
  zonesOf(member: Pick<Member, 'phone' | 'timezone'>): ContactZones
  /** The quiet rules for a contact; an alert with a reason has none. */
  rulesFor(zones: ContactZones): QuietRules
  /** Spread, moved out of quiet hours, or skipped. */
  settle(occurrence: Occurrence, phone: string, zones: ContactZones, now: number): Settled
}

export function timingOf(
  id: string,
  { timezone, quiet, holidays: keepsHolidays, spread, expiry, alert }: Campaign,
  { route, holidays }: { readonly route: ChannelRoute | undefined; readonly holidays: Rule<'holidays'> },
): Timing {
  const expiryMs = parseDuration(expiry)
  const spreadMs = spread === undefined ? 0 : parseDuration(spread)
  const daysFor = holidaysFor(holidays)
  const isUrgent = alert?.reason !== undefined
  const rulesFor = ({ country }: ContactZones): QuietRules => ({
    quiet: isUrgent ? null : quiet,
    holidays: isUrgent || !keepsHolidays ? [] : daysFor(country),
  })
  return {
    expiryMs,
    zonesOf: (member) => zonesOf(member, [route?.timezone, timezone]),
    rulesFor,
    settle({ at, before }, phone, zones, now) {
      const spreadAt = at + Math.floor(shareOf('spread', id, phone) * spreadMs)
      const when = { at: spreadAt, ...(before !== undefined && { before }) }
      return settle(when, { zones: zones.all, rules: rulesFor(zones), now, expiryMs })
    },
  }
}
