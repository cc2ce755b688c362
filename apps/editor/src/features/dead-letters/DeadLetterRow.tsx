import { Button } from '@mantine/core'
import { useState } from 'react'
import { ago } from '../../shared/words/ago.ts'
import { maskedNumber } from '../../shared/words/phone-number.ts'
import { kindWords, reasonWords } from './model/reason-words.ts'
import { type DeadLetter, useHeld } from './use-dead-letters.ts'

/** One thing that could not be handled. */
export function DeadLetterRow(props: {
  readonly letter: DeadLetter
  readonly nowMs: number
  readonly canSettle: boolean
  readonly isWorking: boolean
  onRetry(): void
  onDismiss(): void
}) {
  const { letter, nowMs, canSettle, isWorking, onRetry, onDismiss } = props
  const { id, channel, phone, kind, reason, detail, at, resolution } = letter
  const [isOpen, setOpen] = useState(false)
  const held = useHeld(id, isOpen)
  const { title, todo } = reasonWords(reason, detail)
  return (
    <li className="tl-letter">
      <div className="tl-letter-text">
        <h3>{title}</h3>
        <p className="tl-letter-facts">
          {kindWords(kind)} · {maskedNumber(phone)} on {channel} · {ago(Date.parse(at), nowMs)}
        </p>
        {resolution === null && <p>{todo}</p>}
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>What it holds</summary>
          {detail !== null && detail !== title && <p>{detail}</p>}
          <pre>
            {held.isError
              ? held.error.message
              : held.data === undefined
                ? 'Loading…'
                : held.data.event === null
                  ? 'Nothing of it could be stored.'
                  : JSON.stringify(held.data.event, null, 2)}
          </pre>
          <p className="tl-letter-facts">
            Reason: <code>{reason}</code>
          </p>
        </details>
      </div>
      {resolution !== null ? (
        <span className="tl-chip">{resolution === 'retried' ? 'Tried again' : 'Put aside'}</span>
      ) : (
        canSettle && (
          <div className="tl-letter-deeds">
            <Button size="sm" loading={isWorking} onClick={onRetry}>
              Try again
            </Button>
            <Button size="sm" variant="default" disabled={isWorking} onClick={onDismiss}>
              Put aside
            </Button>
          </div>
        )
      )}
    </li>
  )
}
