import { ClosedDays } from '../../../shared/hours/ClosedDays.tsx'
import type { ControlProps } from './simple-fields.tsx'

/** Days of the calendar, each once or every year. */
export function DaysControl({ field, value, onChange, ids }: ControlProps) {
  return (
    <ClosedDays
      label={field.title}
      id={ids.inputId}
      days={Array.isArray(value) ? value.map(String) : []}
      mayRepeat
      onChange={(days) => onChange(days.length === 0 && field.isOptional ? undefined : [...days])}
    />
  )
}
