import { Select, TextInput } from '@mantine/core'
import { zonesWith } from '../../../shared/hours/zones.ts'
import { type ControlProps, common } from './simple-fields.tsx'

/** A date and a time, as calendar and clock show them. */
export function MomentControl(props: ControlProps) {
  return <BrowserInput {...props} type="datetime-local" />
}

/** A time of day. */
export function TimeControl(props: ControlProps) {
  return <BrowserInput {...props} type="time" />
}

/** What browsers have a picker of their own for. While it is half typed they give nothing. */
function BrowserInput({ field, value, onChange, ids, type }: ControlProps & { type: 'datetime-local' | 'time' }) {
  const text = typeof value === 'string' ? value : ''
  return (
    <TextInput
      {...common(ids)}
      className="tl-browser-input"
      type={type}
      value={text}
      onChange={({ currentTarget }) => {
        if (currentTarget.value !== '') onChange(currentTarget.value)
        else if (field.isOptional && !currentTarget.validity.badInput) onChange(undefined)
      }}
    />
  )
}

/** A time zone, found by typing part of its name. */
export function ZoneControl({ field, value, onChange, ids }: ControlProps) {
  const zone = typeof value === 'string' ? value : null
  return (
    <Select
      {...common(ids)}
      data={zonesWith(zone)}
      value={zone}
      placeholder={field.placeholder}
      searchable
      clearable={field.isOptional}
      clearButtonProps={{ 'aria-label': `Clear ${field.title.toLowerCase()}` }}
      nothingFoundMessage="No zone of this name"
      limit={60}
      comboboxProps={{ shadow: 'md' }}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}
