import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { may, meQuery } from '../../shared/api/me.ts'

const TicketNotices = lazy(async () => ({
  default: (await import('../../features/inbox/TicketNotices.tsx')).TicketNotices,
}))

/** Tells who answers tickets of new texts, on every page; loads after the page itself. */
export function Notices() {
  const { data: me } = useQuery(meQuery)
  if (!may(me, 'tickets:write')) return null
  return (
    <Suspense fallback={null}>
      <TicketNotices />
    </Suspense>
  )
}
