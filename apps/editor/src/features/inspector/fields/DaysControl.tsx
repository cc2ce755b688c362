import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { dayInWords, withDay } from '../model/closed-days.ts'
import type { ControlProps } from './simple-fields.tsx'

/** Days of the calendar, each once or every year. */
export function DaysControl({ field, value, onChange, ids }: ControlProps) {
  const days = Array.isArray(value) ? value.map(String) : []
  const [date, setDate] = useState('')
  const [everyYear, setEveryYear] = useState(false)
  const change = (next: readonly string[]) => onChange(next.length === 0 && field.isOptional ? undefined : [...next])
  const add = () => {
    if (date === '') return
    change(withDay(days, everyYear ? date.slice(5) : date))
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
                onClick={() => change(days.filter((each) => each !== day))}
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
          id={ids.inputId}
          aria-label={`${field.title}: new day`}
          value={date}
          onChange={({ currentTarget }) => setDate(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Checkbox
          size="xs"
          label="every year"
          checked={everyYear}
          onChange={({ currentTarget }) => setEveryYear(currentTarget.checked)}
        />
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
