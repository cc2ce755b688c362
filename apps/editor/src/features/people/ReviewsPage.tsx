import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { may, meQuery } from '../../shared/api/me.ts'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { ago } from '../../shared/words/ago.ts'
import './people.css'
import './person.css'
import { reviewDeed, usePeopleDeed, useReviews } from './use-people.ts'

/** Texts that may have meant STOP, for a person to decide. */
export function ReviewsPage() {
  const { data: me } = useQuery(meQuery)
  const reviews = useReviews()
  const decide = usePeopleDeed(({ id, deed }: { id: string; deed: 'accept' | 'dismiss' }) => reviewDeed(id, deed))
  const mayDecide = may(me, 'consent:write')
  const items = reviews.data?.pages.flatMap((page) => page.items) ?? []
  const take = (id: string, deed: 'accept' | 'dismiss') =>
    decide.mutate(
      { id, deed },
      { onError: ({ message }) => notifications.show({ color: 'red', title: 'This did not work', message }) },
    )
  if (reviews.isPending) return <LoadingState what="texts to review" />
  if (reviews.isError) return <ErrorState error={reviews.error} retry={() => void reviews.refetch()} />
  if (items.length === 0) {
    return (
      <EmptyState icon={<IconShieldCheck size={28} />} title="Nothing to review">
        STOP and its kin work by themselves. A text that may have meant it in other words, such as “please stop
        texting”, shows here for somebody to decide.
      </EmptyState>
    )
  }
  return (
    <>
      <p className="tl-people-count">Did they want to opt out? Whoever did gets one confirmation, then nothing more.</p>
      <ul className="tl-paper tl-reviews">
        {items.map(({ id, phone, name, text, channel, at }) => (
          <li key={id}>
            <div>
              <p className="tl-timeline-text">{text}</p>
              <small>
                <Link to="/people/$phone" params={{ phone }}>
                  {name ?? phone}
                </Link>{' '}
                on {channel}, {ago(Date.parse(at), reviews.dataUpdatedAt)}
              </small>
            </div>
            {mayDecide && (
              <div className="tl-reviews-deeds">
                <Button
                  variant="default"
                  disabled={decide.isPending}
                  aria-label={`“${text}” was no STOP`}
                  onClick={() => take(id, 'dismiss')}
                >
                  No STOP
                </Button>
                <Button
                  disabled={decide.isPending}
                  aria-label={`Opt ${name ?? phone} out`}
                  onClick={() => take(id, 'accept')}
                >
                  Opt out
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <MoreButton list={reviews}>Show more</MoreButton>
    </>
  )
}
