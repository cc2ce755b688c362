import { ActionIcon, Tooltip } from '@mantine/core'
import { IconInfoCircle, IconX } from '@tabler/icons-react'
import { type MouseEvent, type ReactNode, useId } from 'react'
import { useForm } from '../form-context.ts'
import { problemsAt } from '../model/field-problems.ts'
import './fields.css'

/** What a control inside the shell ties itself to. */
export interface FieldIds {
  readonly inputId: string
  readonly describedBy: string
  readonly isBad: boolean
}

/** Label, help and problems around the control of one field. */
export function FieldShell(props: {
  /** Path within the node's data: problems and jumps from the canvas find the field by it. */
  readonly place: string
  readonly label: string
  readonly help?: string
  /** Stands at the right end of the label. */
  readonly aside?: ReactNode
  readonly onRemove?: (() => void) | undefined
  /** Fields that show the problems of their parts themselves. */
  readonly showsParts?: boolean
  /** Control beside the label. */
  readonly isInline?: boolean
  /** Label for screen readers only: the placeholder tells the others. */
  readonly isCompact?: boolean
  readonly children: (ids: FieldIds) => ReactNode
}) {
  const { place, label, help, aside, onRemove, showsParts = false, isInline, isCompact, children } = props
  const id = useId()
  const problems = problemsAt(useForm().problems, place, !showsParts)
  const isBad = problems.some(({ severity }) => severity === 'error')
  return (
    <div
      className="tl-field"
      data-place={place}
      data-inline={isInline || undefined}
      data-compact={isCompact || undefined}
    >
      <div className="tl-field-head">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the mouse; the field itself is in the tab order */}
        <label htmlFor={id} onClick={focusText}>
          {label}
        </label>
        {help !== undefined && help !== '' && !isCompact && (
          <Tooltip label={help} multiline w={240} withArrow events={{ hover: true, focus: true, touch: true }}>
            <button type="button" className="tl-field-help" aria-label={`About ${label}: ${help}`}>
              <IconInfoCircle size={15} stroke={1.6} aria-hidden />
            </button>
          </Tooltip>
        )}
        <span className="tl-field-aside">{aside}</span>
        {onRemove && (
          <Tooltip label={`Remove ${label.toLowerCase()}`} withArrow>
            <ActionIcon variant="subtle" color="gray" size="sm" onClick={onRemove} aria-label={`Remove ${label}`}>
              <IconX size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {children({ inputId: id, describedBy: problems.length > 0 ? `${id}-problems` : '', isBad })}
      {problems.length > 0 && (
        <ul id={`${id}-problems`} className="tl-field-problems">
          {problems.map(({ path, message, severity }) => (
            <li key={`${path} ${message}`} data-severity={severity}>
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A label only leads to inputs by itself; the text editor is none. */
function focusText({ currentTarget }: MouseEvent<HTMLLabelElement>): void {
  currentTarget.closest('.tl-field')?.querySelector<HTMLElement>(':scope > :not(.tl-list) .cm-content')?.focus()
}
