import {
  IconAntennaBars5,
  IconDeviceMobile,
  IconInbox,
  IconMessages,
  IconRoute,
  IconSettings,
  IconSpeakerphone,
  IconUsers,
} from '@tabler/icons-react'

/** The places of the rail, in order; the command palette offers the same. One with a `scope` is for those who have it. */
export const destinations = [
  { to: '/flows', label: 'Flows', Icon: IconRoute },
  { to: '/phone', label: 'Phone', Icon: IconDeviceMobile },
  { to: '/inbox', label: 'Inbox', Icon: IconInbox, scope: 'tickets:read' },
  { to: '/sessions', label: 'Sessions', Icon: IconMessages },
  { to: '/campaigns', label: 'Campaigns', Icon: IconSpeakerphone, scope: 'campaigns:read' },
  { to: '/people', label: 'People', Icon: IconUsers, scope: 'contacts:read' },
  { to: '/channels', label: 'Channels', Icon: IconAntennaBars5 },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
] as const

/** One of them. */
export type Destination = (typeof destinations)[number]
