import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { dayInWords, withDay } from './closed-days.ts'
import './closed-days.css'

/** Days of the calendar, each once or, where it `mayRepeat`, every year. */
export function ClosedDays(props: {
  readonly label: string
  readonly id?: string
  readonly days: readonly string[]
  readonly mayRepeat?: boolean
  onChange(days: readonly string[]): void
}) {
  const { label, id, days, mayRepeat = false, onChange } = props
  const [date, setDate] = useState('')
  const [everyYear, setEveryYear] = useState(false)
  const add = () => {
    if (date === '') return
    onChange(withDay(days, everyYear ? date.slice(5) : date))
    setDate('')
  }
  return (
    <div className="tl-days">
      {days.length > 0 && (
        <ul className="tl-day-chips">
          {days.map((day) => (
            <li key={day}>
              {dayInWords(day)}
              <ActionIcon
                variant="subtle"
                color="gray"
                size="xs"
                aria-label={`Remove ${dayInWords(day)}`}
                onClick={() => onChange(days.filter((each) => each !== day))}
              >
                <IconX size={13} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <div className="tl-new-day">
        <TextInput
          type="date"
          size="xs"
          id={id}
          aria-label={`${label}: new day`}
          value={date}
          onChange={({ currentTarget }) => setDate(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        {mayRepeat && (
          <Checkbox
            size="xs"
            label="every year"
            checked={everyYear}
            onChange={({ currentTarget }) => setEveryYear(currentTarget.checked)}
          />
        )}
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          disabled={date === ''}
          onClick={add}
        >
          Add
        </Button>
      </div>
    </div>
  )
}
