import { Tooltip } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useFlowEditor } from '../../../document/hooks.tsx'
import { clockText, untilText } from '../model/clock.ts'
import type { Entry } from '../model/entries.ts'

/** One line of the conversation: a text with its time and cost, or a note between the texts. */
export function Bubble(props: {
  readonly entry: Entry
  readonly gapMs: number
  readonly onBack?: (turn: number) => void
  readonly isPending?: boolean
}) {
  const { entry, gapMs, onBack, isPending = false } = props
  const { kind, text, at, cost, node, tone, turn } = entry
  const { view } = useFlowEditor()
  return (
    <>
      {gapMs > 0 && <p className="tl-gap">{untilText(0, gapMs).replace('in ', '')} later</p>}
      {kind === 'note' ? (
        <p className="tl-note" data-tone={tone}>
          {text}
        </p>
      ) : (
        <div className="tl-bubble-row" data-kind={kind} data-pending={isPending || undefined}>
          <div className="tl-bubble">
            <p>{text === '' ? ' ' : text}</p>
            <footer>
              {cost && <SegmentTicks {...cost} />}
              <time dateTime={new Date(at).toISOString()}>{clockText(at)}</time>
              {node !== undefined && (
                <button type="button" onClick={() => view.show(node, { focus: false })}>
                  step
                </button>
              )}
            </footer>
          </div>
          {kind === 'mo' && onBack && !isPending && (
            <Tooltip label="Take back from here" withArrow openDelay={400}>
              <button
                type="button"
                className="tl-bubble-back"
                aria-label={`Take back “${text}” and what came after`}
                onClick={() => onBack(turn - 1)}
              >
                <IconArrowBackUp size={15} aria-hidden />
              </button>
            </Tooltip>
          )}
        </div>
      )}
    </>
  )
}

/** A tick for each segment the text takes. */
function SegmentTicks({ segments, encoding }: NonNullable<Entry['cost']>) {
  const words = `${segments === 1 ? '1 segment' : `${segments} segments`}${encoding === 'ucs2' ? ', Unicode' : ''}`
  return (
    <span className="tl-ticks" data-unicode={encoding === 'ucs2' || undefined}>
      {Array.from({ length: Math.min(segments, 6) }, (_, index) => (
        <i key={index} />
      ))}
      <span>{words}</span>
    </span>
  )
}
