import { Switch } from '@mantine/core'
import { IconCircleCheck, IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { may, meQuery } from '../../shared/api/me.ts'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import './dead-letters.css'
import { DeadLetterRow } from './DeadLetterRow.tsx'
import { useDeadLetters, useSettling } from './use-dead-letters.ts'

/** What came in and could not be handled: why, what to do, and a way to try it again. */
export function DeadLettersPage() {
  const [isResolved, setResolved] = useState(false)
  const { data: me } = useQuery(meQuery)
  const letters = useDeadLetters(isResolved)
  const { retry, dismiss } = useSettling()
  const items = letters.data?.pages.flatMap((page) => page.items) ?? []
  const working = [retry, dismiss].flatMap(({ isPending, variables }) => (isPending ? variables.id : []))

  return (
    <>
      <div className="tl-letters-head">
        <p>What came in and could not be handled is kept here. Nothing is lost: mend the cause, then try it again.</p>
        <Switch
          label="Settled"
          checked={isResolved}
          onChange={({ currentTarget }) => setResolved(currentTarget.checked)}
        />
      </div>
      {letters.isPending ? (
        <LoadingState what="problems" />
      ) : letters.isLoadingError ? (
        <ErrorState error={letters.error} retry={() => void letters.refetch()} />
      ) : items.length === 0 ? (
        isResolved ? (
          <EmptyState icon={<IconHistory size={28} />} title="Nothing settled yet">
            What was tried again or put aside shows here.
          </EmptyState>
        ) : (
          <EmptyState icon={<IconCircleCheck size={28} />} title="No problems">
            Everything that came in has been handled.
          </EmptyState>
        )
      ) : (
        <>
          <ul className="tl-paper">
            {items.map((letter) => (
              <DeadLetterRow
                key={letter.id}
                letter={letter}
                nowMs={letters.dataUpdatedAt}
                canSettle={may(me, 'dead-letters:write')}
                isWorking={working.includes(letter.id)}
                onRetry={() => retry.mutate(letter)}
                onDismiss={() => dismiss.mutate(letter)}
              />
            ))}
          </ul>
          <MoreButton list={letters}>Show older ones</MoreButton>
        </>
      )}
    </>
  )
}
