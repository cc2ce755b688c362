import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Json, JsonObject } from '@textloom/core'
import './week-hours.css'
import { copiedToWorkdays, nextSpan, spanOf, spansOf, spanText, weekdays, withSpans } from './weekly-hours.ts'

interface WeekHoursProps {
  readonly label: string
  readonly id?: string
  /** The spans of each day, as documents keep them. */
  readonly value: Json | undefined
  readonly onChange: (value: JsonObject) => void
}

/** A row for each day of the week, with the spans of time in which it is open. */
export function WeekHours({ label, id, value, onChange }: WeekHoursProps) {
  const canCopy = spansOf(value, 'mon').length > 0
  return (
    <fieldset className="tl-week" id={id} aria-label={label} tabIndex={-1}>
      {weekdays.map(({ day, name }) => (
        <DayRow
          key={day}
          name={name}
          spans={spansOf(value, day)}
          onChange={(spans) => onChange(withSpans(value, day, spans))}
        />
      ))}
      {canCopy && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(copiedToWorkdays(value))}>
          Same as Monday until Friday
        </Button>
      )}
    </fieldset>
  )
}

function DayRow(props: { name: string; spans: readonly string[]; onChange: (spans: readonly string[]) => void }) {
  const { name, spans, onChange } = props
  return (
    <div className="tl-day" data-closed={spans.length === 0 || undefined}>
      <span className="tl-day-name" aria-hidden>
        {name.slice(0, 3)}
      </span>
      <div className="tl-day-spans">
        {spans.length === 0 && <span className="tl-day-closed">closed</span>}
        {spans.map((text, index) => {
          const { from, to } = spanOf(text)
          const which = spans.length === 1 ? name : `${name}, ${index + 1} of ${spans.length}`
          return (
            <div className="tl-span" key={index}>
              <ClockInput
                label={`${which}: opens`}
                value={from}
                onChange={(next) => onChange(spans.with(index, spanText(next, to)))}
              />
              <span aria-hidden>–</span>
              <ClockInput
                label={`${which}: closes`}
                value={to}
                onChange={(next) => onChange(spans.with(index, spanText(from, next)))}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove the hours of ${which}`}
                onClick={() => onChange(spans.toSpliced(index, 1))}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
          )
        })}
      </div>
      <Tooltip label={spans.length === 0 ? 'Open on this day' : 'Another span, as after a break'} withArrow>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={`Add hours on ${name}`}
          onClick={() => onChange([...spans, nextSpan(spans)])}
        >
          <IconPlus size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

/** A time of day; while it is half typed the browser gives nothing, and what was stays. */
function ClockInput(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      type="time"
      size="xs"
      aria-label={props.label}
      value={props.value}
      onChange={({ currentTarget: { value } }) => value !== '' && props.onChange(value)}
    />
  )
}
