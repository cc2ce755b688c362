import { IconAntennaBars5, IconRoute, IconSettings } from '@tabler/icons-react'

/** The places of the rail, in order; the command palette offers the same. */
export const destinations = [
  { to: '/flows', label: 'Flows', Icon: IconRoute },
  { to: '/channels', label: 'Channels', Icon: IconAntennaBars5 },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
] as const
