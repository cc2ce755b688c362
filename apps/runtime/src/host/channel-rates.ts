import type { ChannelQuotas } from './channel-quotas.ts'
import { type Rate, rateOf } from './rate.ts'
import type { RoutingTable } from './routing-table.ts'

/** The speed of each channel, shared by all links that send for it. */
export interface ChannelRates {
  /** How many segments each channel of a link may send now; channels without a limit are left out. */
  budgets(link: string, nowMs: number): { readonly [channel: string]: number }
  take(channel: string, segments: number, nowMs: number): void
  /** Milliseconds until another channel of the link may send again; infinite where none has to wait. */
  waitMs(link: string, nowMs: number): number
}

/** Follows `messagesPerSecond` and `dailyQuota` of the channels as they are configured now. */
export function channelRates(routing: RoutingTable, quotas?: Pick<ChannelQuotas, 'remaining' | 'take'>): ChannelRates {
  const rates = new Map<string, Rate>()
  const rateFor = (channel: string): Rate => {
    const rate = rates.get(channel) ?? rateOf(() => routing.current.channels.get(channel)?.messagesPerSecond)
    rates.set(channel, rate)
    return rate
  }
  const limitedOn = (link: string): string[] =>
    [...routing.current.channels.values()].flatMap(({ id, links, messagesPerSecond, dailyQuota }) => {
      const isLimited = messagesPerSecond !== undefined || (quotas !== undefined && dailyQuota !== undefined)
      return isLimited && links.includes(link) ? [id] : []
    })
  return {
    budgets: (link, nowMs) =>
      Object.fromEntries(
        limitedOn(link).map((channel) => {
          const left = quotas?.remaining(channel) ?? Number.POSITIVE_INFINITY
          return [channel, Math.min(left, rateFor(channel).available(nowMs))]
        }),
      ),
    take(channel, segments, nowMs) {
      rateFor(channel).take(segments, nowMs)
      quotas?.take(channel, segments)
    },
    waitMs(link, nowMs) {
      const waits = limitedOn(link).map((channel) => rateFor(channel).waitMs(nowMs))
      return Math.min(...waits.filter((ms) => ms > 0))
    },
  }
}
