import { useDeferredValue, useMemo } from 'react'
import { summariseSegments } from '../../../document/texts/segment-summary.ts'

interface ReplyTextProps {
  readonly label: string
  readonly value: string
  readonly placeholder: string
  /** A smaller text below the one that counts. */
  readonly isAside?: boolean
  onChange(text: string): void
}

/** A text that is sent, with what it costs. */
export function ReplyText({ label, value, placeholder, isAside = false, onChange }: ReplyTextProps) {
  const counted = useDeferredValue(value)
  const cost = useMemo(() => summariseSegments(counted, []), [counted])
  return (
    <div className="tl-answer-text" data-aside={isAside || undefined}>
      <textarea
        className="tl-cell"
        aria-label={label}
        rows={1}
        value={value}
        placeholder={placeholder}
        maxLength={10_000}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {value !== '' && (cost.info.segments > 1 || cost.info.encoding === 'ucs2') && (
        <span className="tl-answer-cost">
          {cost.info.segments === 1 ? '1 segment' : `${cost.info.segments} segments`}
          {cost.info.encoding === 'ucs2' && ', Unicode'}
        </span>
      )}
    </div>
  )
}
