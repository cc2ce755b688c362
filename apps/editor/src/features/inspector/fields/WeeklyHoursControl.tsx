import { WeekHours } from '../../../shared/hours/WeekHours.tsx'
import type { ControlProps } from './simple-fields.tsx'

/** A row for each day of the week, with the spans of time in which it is open. */
export function WeeklyHoursControl({ field, value, onChange, ids }: ControlProps) {
  return <WeekHours label={field.title} id={ids.inputId} value={value} onChange={onChange} />
}
