import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconCloudOff, IconMapQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ApiError, OfflineError } from '../api/problem.ts'
import './states.css'

/** Nothing here yet: says what belongs here and offers the first step. */
export function EmptyState(props: { icon: ReactNode; title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <section className="tl-state">
      <div className="tl-state-icon">{props.icon}</div>
      <h2>{props.title}</h2>
      <p>{props.children}</p>
      {props.action}
    </section>
  )
}

/** Nothing stands at an address: says so, and leads on. */
export function MissingState({ title, children, way }: { title: string; children: ReactNode; way?: ReactNode }) {
  return (
    <EmptyState icon={<IconMapQuestion size={28} />} title={title} action={way}>
      {children}
    </EmptyState>
  )
}

interface ErrorStateProps {
  readonly error: unknown
  readonly retry?: () => void
  /** What the address of the page names, for example "flow", and the link to all of its kind. */
  readonly named?: { readonly what: string; readonly way: ReactNode }
}

/** Something could not be shown: what happened, and a way to try again or to go on. */
export function ErrorState({ error, retry, named }: ErrorStateProps) {
  const offline = error instanceof OfflineError
  const status = error instanceof ApiError ? error.problem.status : undefined
  // An id that cannot be one is refused as such; to whoever followed a link both are the same.
  if (named && (status === 404 || status === 422)) {
    return (
      <MissingState title={`There is no such ${named.what}`} way={named.way}>
        It may have been deleted, or the address is mistyped.
      </MissingState>
    )
  }
  // What is not there will not be there a moment later either.
  const isMissing = status === 404
  return (
    <section className="tl-state" role="alert">
      <div className="tl-state-icon" data-tone={isMissing ? undefined : 'bad'}>
        {offline ? (
          <IconCloudOff size={28} />
        ) : isMissing ? (
          <IconMapQuestion size={28} />
        ) : (
          <IconAlertTriangle size={28} />
        )}
      </div>
      <h2>{offline ? 'No connection' : isMissing ? 'This is not here' : 'This did not work'}</h2>
      <p>{error instanceof Error ? error.message : 'Something unexpected happened.'}</p>
      {retry && !isMissing && (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </section>
  )
}

/** Waiting for an answer; named so that screen readers say what is being waited for. */
export function LoadingState({ what }: { what: string }) {
  return (
    <section className="tl-state" aria-busy="true">
      <Loader size="sm" aria-hidden />
      <p role="status">Loading {what}…</p>
    </section>
  )
}
