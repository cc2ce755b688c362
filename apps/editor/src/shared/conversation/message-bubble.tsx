import { countSegments } from '@textloom/sms'
import type { ReactNode } from 'react'
import { clockTime } from '../words/moment.ts'
import './message-bubble.css'

/** One text, as a phone shows it: whose it is, when it came, and how many segments it takes. */
export function MessageBubble(props: {
  readonly direction: 'mo' | 'mt'
  /** Whose screen it is: the contact's own texts are dyed on a phone, Textloom's in a thread. */
  readonly isOwn: boolean
  readonly text: string
  readonly atMs: number
  readonly segments?: number
  /** What became of it, when that needs saying. */
  readonly note?: string | undefined
  readonly tone?: 'plain' | 'bad'
  readonly isPending?: boolean
  /** What can be done about it: stands beside the note. */
  readonly deeds?: ReactNode
}) {
  const { direction, isOwn, text, atMs, note, tone = 'plain', isPending, deeds } = props
  const counted = countSegments(text)
  const segments = props.segments ?? counted.segments
  const isUnicode = counted.encoding === 'ucs2'
  return (
    <li className="tl-sms" data-own={isOwn || undefined} data-pending={isPending || undefined}>
      <span className="tl-unseen">{direction === 'mo' ? 'From the phone:' : 'To the phone:'}</span>
      <div className="tl-sms-body">
        <p>{text === '' ? '(empty)' : text}</p>
        <footer>
          <span className="tl-sms-cost" data-unicode={isUnicode || undefined}>
            {Array.from({ length: Math.min(segments, 6) }, (_, index) => (
              <i key={index} />
            ))}
            {segments === 1 ? '1 segment' : `${segments} segments`}
            {isUnicode && ', Unicode'}
          </span>
          <time dateTime={new Date(atMs).toISOString()}>{clockTime(atMs)}</time>
        </footer>
      </div>
      {(note !== undefined || deeds !== undefined) && (
        <div className="tl-sms-after">
          {note !== undefined && (
            <p className="tl-sms-note" data-tone={tone}>
              {note}
            </p>
          )}
          {deeds}
        </div>
      )}
    </li>
  )
}
