import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconMessages, IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useFlowNames } from '../../shared/api/flow-names.ts'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { Figures } from './Figures.tsx'
import { type SessionSearch, type SessionState, sessionStates } from './model/session-search.ts'
import { SessionRow } from './SessionRow.tsx'
import './sessions.css'
import { useSessions, useStepNamings, versionKey } from './use-sessions.ts'

const TYPING_MS = 350

/** Everybody who talks with a flow, or did. */
export function SessionsPage(props: {
  readonly search: SessionSearch
  /** Narrows the list; the address changes with it. */
  onSearch(search: SessionSearch): void
}) {
  const { search, onSearch } = props
  const sessions = useSessions(search)
  const names = useFlowNames()
  const items = sessions.data?.pages.flatMap((page) => page.items) ?? []
  const namings = useStepNamings(items)
  const isNarrowed = Object.keys(search).length > 0
  const { flow: _flow, ...anyFlow } = search
  const { state: _state, ...anyState } = search
  const { phone: _phone, ...anyPhone } = search

  return (
    <>
      <Figures />
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is not known to every screen reader yet */}
      <div className="tl-sessions-tools" role="search">
        <PhoneSearch phone={search.phone} onChange={(phone) => onSearch(phone ? { ...anyPhone, phone } : anyPhone)} />
        <NativeSelect
          aria-label="Flow"
          value={search.flow ?? ''}
          data={[
            { value: '', label: 'Every flow' },
            ...[...(names ?? [])].map(([value, label]) => ({ value, label })),
            ...(search.flow !== undefined && !names?.has(search.flow) ? [search.flow] : []),
          ]}
          onChange={({ currentTarget: { value } }) => onSearch(value === '' ? anyFlow : { ...anyFlow, flow: value })}
        />
        <NativeSelect
          aria-label="State"
          value={search.state ?? ''}
          data={[{ value: '', label: 'Running or over' }, ...sessionStates]}
          onChange={({ currentTarget: { value } }) =>
            onSearch(value === '' ? anyState : { ...anyState, state: value as SessionState })
          }
        />
      </div>
      {sessions.isPending ? (
        <LoadingState what="sessions" />
      ) : sessions.isLoadingError ? (
        <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />
      ) : items.length > 0 ? (
        <>
          <ul className="tl-session-list" aria-busy={sessions.isPlaceholderData || undefined}>
            {items.map((session) => (
              <SessionRow
                key={session.id}
                session={session}
                flowName={names?.get(session.flow) ?? session.flow}
                restsAt={session.node === null ? undefined : namings.get(versionKey(session))?.name(session.node)}
                restsIn={session.nodeFlow === null ? undefined : (names?.get(session.nodeFlow) ?? session.nodeFlow)}
                nowMs={sessions.dataUpdatedAt}
              />
            ))}
          </ul>
          {sessions.hasNextPage && (
            <Button
              className="tl-sessions-more"
              variant="default"
              loading={sessions.isFetchingNextPage}
              onClick={() => void sessions.fetchNextPage()}
            >
              Show older ones
            </Button>
          )}
        </>
      ) : isNarrowed ? (
        <EmptyState
          icon={<IconSearch size={28} />}
          title="Nothing found"
          action={
            <Button variant="default" onClick={() => onSearch({})}>
              Show all
            </Button>
          }
        >
          No session is like that.
          {search.phone !== undefined && ' A phone number must be written in full, with its country.'}
        </EmptyState>
      ) : (
        <EmptyState icon={<IconMessages size={28} />} title="Nobody has texted yet">
          Each conversation that somebody has with a flow shows here, from its first text on. Publish a flow, then text
          its keyword, with the phone of this app if you like.
        </EmptyState>
      )}
    </>
  )
}

/** Searches when the typing rests. */
function PhoneSearch({ phone = '', onChange }: { phone: string | undefined; onChange: (phone: string) => void }) {
  const [written, setWritten] = useState(phone)
  useEffect(() => setWritten(phone), [phone])
  useEffect(() => {
    if (written.trim() === phone) return
    const timer = setTimeout(() => onChange(written.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [written])
  return (
    <TextInput
      type="search"
      aria-label="Phone number"
      placeholder="Phone number, in full"
      leftSection={<IconSearch size={16} />}
      value={written}
      onChange={({ currentTarget }) => setWritten(currentTarget.value)}
    />
  )
}
