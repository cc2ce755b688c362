import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api/client.ts'
import { ask } from '../../shared/api/request.ts'
import '../../shared/ui/unseen.css'

/** How many tickets wait for the one who looks, beside the way there. */
export function InboxCount() {
  const { data } = useQuery({ queryKey: ['tickets', 'waiting'], queryFn: () => ask(api.tickets.waiting.$get()) })
  const waiting = (data?.unassigned ?? 0) + (data?.mine ?? 0)
  if (waiting === 0) return null
  return (
    <>
      <span className="tl-place-count" aria-hidden>
        {waiting > 99 ? '99+' : waiting}
      </span>
      <span className="tl-unseen">{waiting === 1 ? ', 1 ticket waits' : `, ${waiting} tickets wait`}</span>
    </>
  )
}
