import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconChevronRight, IconChevronsLeft, IconMessages, IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useFlowNames } from '../../shared/api/flow-names.ts'
import '../../shared/ui/page.css'
import { SearchField } from '../../shared/ui/SearchField.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { Figures } from './Figures.tsx'
import { beforeEndOf, type SessionSearch, type SessionState, sessionStates } from './model/session-search.ts'
import { moveAmongRows } from './move-among-rows.ts'
import { SessionRow } from './SessionRow.tsx'
import './sessions.css'
import { useSessions, useStepNamings, versionKey } from './use-sessions.ts'

/** Everybody who talks with a flow, or did. */
export function SessionsPage(props: {
  readonly search: SessionSearch
  /** Narrows the list; the address changes with it. */
  onSearch(search: SessionSearch): void
}) {
  const { search, onSearch } = props
  const sessions = useSessions(search)
  const names = useFlowNames()
  const items = sessions.data?.items ?? []
  const older = sessions.data?.nextCursor ?? undefined
  const namings = useStepNamings(items)
  const { before, ...filter } = search
  const isNarrowed = Object.keys(search).length > 0
  const top = useRef<HTMLDivElement>(null)
  const shownBefore = useRef(before)
  useEffect(() => {
    if (shownBefore.current !== before) top.current?.scrollIntoView({ block: 'start' })
    shownBefore.current = before
  }, [before])
  // What is narrowed begins with its newest.
  const { flow: _flow, ...anyFlow } = filter
  const { state: _state, ...anyState } = filter
  const { phone: _phone, ...anyPhone } = filter
  const { until: _until, ...anyDay } = filter

  return (
    <>
      <Figures />
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is not known to every screen reader yet */}
      <div className="tl-sessions-tools" role="search" ref={top}>
        <SearchField
          label="Phone number"
          placeholder="Phone number, in full"
          value={search.phone ?? ''}
          onChange={(phone) => onSearch(phone ? { ...anyPhone, phone } : anyPhone)}
        />
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
        <DayField
          day={search.until ?? ''}
          onChange={(until) => onSearch(until === '' ? anyDay : { ...anyDay, until })}
        />
      </div>
      {sessions.isPending ? (
        <LoadingState what="sessions" />
      ) : sessions.isLoadingError ? (
        <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />
      ) : items.length > 0 ? (
        <>
          <ul
            className="tl-paper tl-session-list"
            aria-busy={sessions.isPlaceholderData || undefined}
            onKeyDown={moveAmongRows}
          >
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
          {(before !== undefined || older !== undefined) && (
            <nav className="tl-session-pages" aria-label="Pages">
              {before !== undefined && (
                <Link to="/sessions" search={filter}>
                  <IconChevronsLeft size={16} aria-hidden /> Newest
                </Link>
              )}
              {older !== undefined && (
                <Link to="/sessions" search={{ ...filter, before: older }} rel="next">
                  Older <IconChevronRight size={16} aria-hidden />
                </Link>
              )}
            </nav>
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
          {search.until === undefined ? 'No session is like that.' : 'No session like that began until then.'}
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

/** The day with whose last session the list begins; one that is half typed is left alone. */
function DayField({ day, onChange }: { readonly day: string; onChange(day: string): void }) {
  const [written, setWritten] = useState(day)
  useEffect(() => setWritten(day), [day])
  return (
    <TextInput
      type="date"
      className="tl-session-day"
      leftSection={<span aria-hidden>until</span>}
      leftSectionWidth={50}
      aria-label="Begun until"
      title="Begun until"
      value={written}
      onChange={({ currentTarget: { value } }) => {
        setWritten(value)
        if (value === '' || beforeEndOf(value) !== undefined) onChange(value)
      }}
    />
  )
}
