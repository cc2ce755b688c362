import type { Contact } from '../contact.ts'
import type { ChannelInfo } from '../node/scope.ts'
import { isZone } from './zones.ts'

/** The time zone in which a contact lives; what is not known, or is none, comes from the channel, then UTC. */
export function zoneOf({ timezone }: Pick<Contact, 'timezone'>, channel: Pick<ChannelInfo, 'timezone'>): string {
  return [timezone, channel.timezone].find((zone) => zone !== undefined && isZone(zone)) ?? 'UTC'
}
