import { IconRoute } from '@tabler/icons-react'

/** The places of the rail, in order; the command palette offers the same. */
export const destinations = [{ to: '/flows', label: 'Flows', Icon: IconRoute }] as const
