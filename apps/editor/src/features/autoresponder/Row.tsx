import { ActionIcon, Tooltip } from '@mantine/core'
import { IconGripVertical, IconX } from '@tabler/icons-react'
import type { RowReply } from '@textloom/interop/autoresponder'
import type { CSSProperties, KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { ChannelsCell } from './cells/ChannelsCell.tsx'
import { HoursCell } from './cells/HoursCell.tsx'
import { ReplyText } from './cells/ReplyText.tsx'
import type { RowProblem } from './model/row-problems.ts'
import type { RowChange } from './model/table-edits.ts'

interface RowProps {
  readonly row: RowReply
  /** What screen readers call it. */
  readonly name: string
  readonly problems: readonly RowProblem[] | undefined
  /** What the text must be like. */
  readonly children: ReactNode
  /** Rows without it stay where they are. */
  readonly grip?: {
    onPointerDown(event: PointerEvent<HTMLElement>): void
    onKeyDown(event: KeyboardEvent): void
  }
  readonly isDragged?: boolean
  readonly style?: CSSProperties | undefined
  onChange(change: RowChange): void
  onNext?(): void
  onRemove(): void
}

/** One row: which texts, the reply, when and where, and what is not right about it. */
export function Row({ row, name, problems = [], children, grip, isDragged, style, ...deeds }: RowProps) {
  const { onChange, onNext, onRemove } = deeds
  const problemsId = `problems-of-${row.id}`
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !onNext) return
    event.preventDefault()
    onNext()
  }
  return (
    <li className="tl-answer-row" data-row={row.id} data-dragged={isDragged || undefined} style={style}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be one more box; the row is a group of cells */}
      <div
        role="group"
        aria-label={name}
        aria-describedby={problems.length > 0 ? problemsId : undefined}
        onKeyDown={onKeyDown}
      >
        <div className="tl-answer-cells">
          {grip ? (
            <Tooltip label="Drag, or press ↑ and ↓" withArrow openDelay={600}>
              <button type="button" className="tl-answer-grip" aria-label={`Move ${name}`} {...grip}>
                <IconGripVertical size={16} aria-hidden />
              </button>
            </Tooltip>
          ) : (
            <span />
          )}
          <div className="tl-answer-when">{children}</div>
          <div className="tl-answer-says">
            <ReplyText
              label="Reply"
              value={row.reply}
              placeholder="What is sent back"
              onChange={(reply) => onChange({ reply })}
            />
            {row.hours && (
              <ReplyText
                label="Reply outside these hours"
                value={row.closedReply ?? ''}
                placeholder="Outside these hours: no reply from this row"
                isAside
                onChange={(text) => onChange({ closedReply: text === '' ? undefined : text })}
              />
            )}
          </div>
          <div className="tl-answer-limits">
            <HoursCell hours={row.hours} onChange={(hours) => onChange({ hours })} />
            <ChannelsCell channels={row.channels} onChange={(channels) => onChange({ channels })} />
          </div>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove ${name}`} onClick={onRemove}>
            <IconX size={15} />
          </ActionIcon>
        </div>
        {problems.length > 0 && (
          <ul id={problemsId} className="tl-answer-problems">
            {problems.map(({ message, severity }) => (
              <li key={message} data-severity={severity}>
                {message}
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}
