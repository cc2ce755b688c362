import { Link } from '@tanstack/react-router'
import { ago } from '../../shared/words/ago.ts'
import { maskedNumber } from '../../shared/words/phone-number.ts'
import { stateWords } from './model/session-words.ts'
import type { SessionItem } from './use-sessions.ts'

/** One session of the list: with whom, in which flow, where it rests or why it failed, how it stands, since when. */
export function SessionRow(props: {
  session: SessionItem
  flowName: string
  /** The step where it waits. */
  restsAt: string | undefined
  /** The called flow of that step. */
  restsIn: string | undefined
  nowMs: number
}) {
  const { session, flowName, restsAt, restsIn, nowMs } = props
  const { id, phone, channel, startedAt, endedAt, failure } = session
  const { label, tone } = stateWords(session)
  return (
    <li>
      <Link to="/sessions/$sessionId" params={{ sessionId: id }} className="tl-session-row">
        <span className="tl-session-phone">{maskedNumber(phone)}</span>
        <span className="tl-session-flow">
          <strong>{flowName}</strong>
          {failure !== null ? (
            <small data-tone="bad">{failure.message}</small>
          ) : restsAt !== undefined ? (
            <small>
              at {restsAt}
              {restsIn !== undefined && ` in ${restsIn}`}
            </small>
          ) : (
            <small>on {channel}</small>
          )}
        </span>
        <span className="tl-chip" data-tone={tone}>
          {label}
        </span>
        <span className="tl-session-since">{sinceText(startedAt, endedAt, nowMs)}</span>
      </Link>
    </li>
  )
}

function sinceText(startedAt: string | null, endedAt: string | null, nowMs: number): string {
  if (endedAt !== null) return `ended ${ago(Date.parse(endedAt), nowMs)}`
  return startedAt === null ? 'not begun' : `begun ${ago(Date.parse(startedAt), nowMs)}`
}
