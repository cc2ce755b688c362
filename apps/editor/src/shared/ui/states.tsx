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

/** Something could not be shown: what happened, and a way to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const offline = error instanceof OfflineError
  // What is not there will not be there a moment later either.
  const isMissing = error instanceof ApiError && error.problem.status === 404
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
