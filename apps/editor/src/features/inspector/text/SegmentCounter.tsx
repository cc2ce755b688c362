import { IconAlertTriangle } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import { type SegmentSummary, whyUcs2 } from '../../../document/texts/segment-summary.ts'
import './segment-counter.css'

/** What the message costs, live; why it costs that much, and the way out. */
export function SegmentCounter({ summary, onReplace }: { summary: SegmentSummary; onReplace: () => void }) {
  const { info, counted, isAtMost, ifReplaced, ifRemoved } = summary
  const why = whyUcs2(summary)
  const isUnicode = info.encoding === 'ucs2'
  return (
    <div className="tl-segments">
      <p className="tl-segments-count" role="status" aria-live="polite">
        <span className="tl-segments-bar" aria-hidden>
          {Array.from({ length: Math.min(info.segments, 8) }, (_, index) => (
            <i
              key={index}
              style={{ '--tl-fill': `${fillOf(index, info) * 100}%` } as CSSProperties}
              data-unicode={isUnicode || undefined}
            />
          ))}
        </span>
        <strong>
          {isAtMost && 'at most '}
          {info.segments === 1 ? '1 segment' : `${info.segments} segments`}
        </strong>
        <span>{info.unitsLeft} left</span>
        <span className="tl-segments-encoding" data-unicode={isUnicode || undefined}>
          {isUnicode ? 'Unicode' : 'GSM-7'}
        </span>
      </p>
      {why !== undefined && (
        <div className="tl-segments-why">
          <IconAlertTriangle size={15} aria-hidden />
          <p>
            {why}
            {ifReplaced !== undefined && (
              <>
                {' '}
                <button type="button" onClick={onReplace}>
                  {ifReplaced.encoding === 'gsm7' || ifRemoved === undefined
                    ? 'Replace with GSM'
                    : 'Replace what can be'}
                </button>
              </>
            )}
          </p>
        </div>
      )}
      {counted.length > 0 && (
        <p className="tl-segments-note">
          Counted with {counted.map(({ label, sample }) => `“${sample}” for ${label}`).join(', ')}.
        </p>
      )}
    </div>
  )
}

/** How full the nth segment is, 0 to 1: all but the last are full. */
function fillOf(index: number, { segments, unitsLeft, capacityUnits }: SegmentSummary['info']): number {
  return index < segments - 1 ? 1 : (capacityUnits - unitsLeft) / capacityUnits
}
