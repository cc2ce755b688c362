import { NativeSelect } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'
import { clockTime, dayName } from '../../shared/words/moment.ts'
import { maskedNumber } from '../../shared/words/phone-number.ts'
import { reasonWords } from './model/campaign-words.ts'
import { type RecipientFilter, recipientsQuery } from './use-campaigns.ts'

const kinds: readonly { readonly value: RecipientFilter; readonly label: string }[] = [
  { value: 'planned', label: 'Still to come' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'replied', label: 'Replied' },
  { value: 'silent', label: 'Silent' },
  { value: 'failed', label: 'Failed' },
  { value: 'skipped', label: 'Left out' },
  { value: 'opted-out', label: 'Opted out' },
]

const words: { readonly [state: string]: { label: string; tone?: 'good' | 'warn' | 'bad' } } = {
  planned: { label: 'Still to come' },
  queued: { label: 'On the way' },
  sent: { label: 'Sent' },
  delivered: { label: 'Delivered', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  expired: { label: 'Expired', tone: 'bad' },
  unknown: { label: 'Unknown', tone: 'warn' },
  skipped: { label: 'Left out' },
  cancelled: { label: 'Cancelled' },
}

/** Everybody it is for, and what became of their text. Of an alert, the silent come first to mind. */
export function Recipients({ campaignId, isAlert }: { readonly campaignId: string; readonly isAlert: boolean }) {
  const [filter, setFilter] = useState<RecipientFilter | undefined>(isAlert ? 'silent' : undefined)
  const recipients = useInfiniteQuery(recipientsQuery(campaignId, filter))
  const items = recipients.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="tl-recipients" aria-label="Recipients">
      <header>
        <h2>Recipients</h2>
        <NativeSelect
          aria-label="Show"
          size="xs"
          value={filter ?? ''}
          data={[{ value: '', label: 'Everybody' }, ...kinds]}
          onChange={({ currentTarget }) =>
            setFilter(currentTarget.value === '' ? undefined : (currentTarget.value as RecipientFilter))
          }
        />
      </header>
      {recipients.isLoadingError && <ErrorState error={recipients.error} retry={() => void recipients.refetch()} />}
      {recipients.isSuccess && items.length === 0 && <p className="tl-recipients-none">Nobody.</p>}
      {items.length > 0 && (
        <ul className="tl-paper">
          {items.map((row) => {
            const { label, tone } = words[row.state] ?? { label: row.state }
            const at = row.repliedAt ?? row.deliveredAt ?? row.sentAt ?? row.queuedAt ?? row.dueAt
            return (
              <li key={`${row.phone} ${row.occurrence}`}>
                <span className="tl-recipients-who">
                  <strong>{row.name ?? maskedNumber(row.phone)}</strong>
                  {row.name !== null && <small>{maskedNumber(row.phone)}</small>}
                </span>
                <span className="tl-recipients-why">
                  {row.repliedAt === null ? (row.reason === null ? '' : reasonWords(row.reason)) : 'Replied'}
                  {row.possibleDuplicate && ' · perhaps twice'}
                </span>
                <span className="tl-chip" data-tone={tone}>
                  {label}
                </span>
                <time dateTime={at}>
                  {dayName(Date.parse(at))}, {clockTime(Date.parse(at))}
                </time>
              </li>
            )
          })}
        </ul>
      )}
      <MoreButton list={recipients}>More</MoreButton>
    </section>
  )
}
