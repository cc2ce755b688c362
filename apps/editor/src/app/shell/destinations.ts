import { IconAntennaBars5, IconDeviceMobile, IconMessages, IconRoute, IconSettings } from '@tabler/icons-react'

/** The places of the rail, in order; the command palette offers the same. */
export const destinations = [
  { to: '/flows', label: 'Flows', Icon: IconRoute },
  { to: '/phone', label: 'Phone', Icon: IconDeviceMobile },
  { to: '/sessions', label: 'Sessions', Icon: IconMessages },
  { to: '/channels', label: 'Channels', Icon: IconAntennaBars5 },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
] as const
