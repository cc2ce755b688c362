import type { Address } from '@textloom/core'
import type { ChannelRoute } from '../channel-route.ts'
import { canonicalAddress } from '../numbers.ts'
import type { Routing } from '../routing.ts'
import { Refusal } from './refusal.ts'

/**
 * The channel and the phone that a request names, the phone in canonical form.
 * @throws Refusal `unknown-channel` or `bad-number`
 */
export function recipientOf(routing: Routing, channel: string, to: string): { route: ChannelRoute; phone: Address } {
  const route = routing.channels.get(channel)
  if (route === undefined) throw new Refusal('unknown-channel', `There is no channel "${channel}".`)
  const phone = canonicalAddress(to, route.country)
  // ITU-T E.164 §6: at most 15 digits; short codes have 3 to 8.
  if (/^\+\d{5,15}$/.test(phone) || /^\d{3,8}$/.test(phone)) return { route, phone }
  const why =
    /^\d+$/.test(phone) && route.country === undefined
      ? `is a national number, and channel "${channel}" names no country: write it with + and the country code`
      : 'is not a phone number: write + and digits, or a short code of 3 to 8 digits'
  throw new Refusal('bad-number', `"to" ${why}.`)
}
