import { type Rate, rateOf } from './rate.ts'
import type { RoutingTable } from './routing-table.ts'

/** The speed of each channel, shared by all links that send for it. */
export interface ChannelRates {
  /** Channels that may not send at this moment. */
  exhausted(nowMs: number): string[]
  /** Segments that all channels of a link may send together now. */
  available(link: string, nowMs: number): number
  take(channel: string, segments: number, nowMs: number): void
  /** Milliseconds until the first of `channels` may send again. */
  waitMs(channels: readonly string[], nowMs: number): number
}

/** Follows `messagesPerSecond` of the channels as they are configured now. */
export function channelRates(routing: RoutingTable): ChannelRates {
  const rates = new Map<string, Rate>()
  const limitOf = (channel: string) => routing.current.channels.get(channel)?.messagesPerSecond
  const rateFor = (channel: string): Rate => {
    const rate = rates.get(channel) ?? rateOf(() => limitOf(channel))
    rates.set(channel, rate)
    return rate
  }
  return {
    exhausted: (nowMs) =>
      [...routing.current.channels.keys()].filter(
        (channel) => limitOf(channel) !== undefined && rateFor(channel).available(nowMs) < 1,
      ),
    available(link, nowMs) {
      const onLink = [...routing.current.channels.values()].filter(({ links }) => links.includes(link))
      return onLink.reduce((sum, { id }) => sum + rateFor(id).available(nowMs), 0)
    },
    take: (channel, segments, nowMs) => rateFor(channel).take(segments, nowMs),
    waitMs: (channels, nowMs) => Math.min(...channels.map((channel) => rateFor(channel).waitMs(nowMs))),
  }
}
