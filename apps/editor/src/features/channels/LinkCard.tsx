import { ChangeMenu } from './ChangeMenu.tsx'
import { errorWords, factWords, kindWords, queueWords, stateWords } from './model/link-words.ts'
import type { Link, LinkStatus } from './use-channels.ts'

interface LinkCardProps {
  readonly link: Link
  /** Undefined until it was asked for. */
  readonly status: LinkStatus | undefined
  readonly canChange: boolean
  onEdit(): void
  onRemove(): void
}

/** One connection to a network and how it is doing now. */
export function LinkCard({ link, status, canChange, onEdit, onRemove }: LinkCardProps) {
  const { id, kind, enabled, source } = link
  const { says, tone } = stateWords(status?.state ?? link.state, enabled, kind)
  const queue = status && queueWords(status.queued)
  const window = status && status.windowSize > 0 ? status : undefined
  return (
    <li className="tl-link-card">
      <span className="tl-link-dot" data-tone={tone} aria-hidden />
      <div className="tl-link-name">
        <strong>{id}</strong>
        <span>
          {kindWords(kind).name}
          {typeof link.host === 'string' && ` · ${link.host}:${String(link.port ?? 2775)}`}
          {typeof link.path === 'string' && ` · ${link.path}`}
        </span>
        {kind === 'http' && (
          <span>
            Takes messages at{' '}
            <code>
              {location.origin}/in/{id}
            </code>
          </span>
        )}
        {source === 'config' && <span>Set in the configuration file; change it there.</span>}
      </div>
      <div className="tl-link-state">
        <span className="tl-chip" data-tone={tone}>
          {says}
        </span>
        {status?.since && enabled && (
          <span className="tl-link-since">
            since <time dateTime={status.since}>{when(new Date(status.since))}</time>
          </span>
        )}
      </div>
      {window && (
        <div className="tl-link-window">
          <meter
            min={0}
            max={window.windowSize}
            value={window.inFlight}
            aria-label={`Segments on their way by ${id}`}
          />
          <span>
            {window.inFlight} of {window.windowSize} on their way{queue !== undefined && `, ${queue}`}
          </span>
        </div>
      )}
      {canChange && source === 'api' && <ChangeMenu of={`the link ${id}`} onEdit={onEdit} onRemove={onRemove} />}
      {enabled && status !== undefined && factWords(status.facts) !== '' && (
        <p className="tl-link-facts">{factWords(status.facts)}</p>
      )}
      {enabled && (tone === 'bad' || kind === 'smpp-server') && status?.lastError && (
        <p className={tone === 'bad' ? 'tl-link-error' : 'tl-link-facts'} title={status.lastError}>
          {errorWords(status.lastError)}
        </p>
      )}
    </li>
  )
}

/** The hour today, the day before. */
function when(at: Date): string {
  const isToday = at.toDateString() === new Date().toDateString()
  return isToday ? time.format(at) : day.format(at)
}

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
