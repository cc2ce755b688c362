import { NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import { type DurationUnit, durationParts, durationUnits, isoDuration } from '../model/duration-parts.ts'
import { type ControlProps, common } from './simple-fields.tsx'

/** A number and a unit. While the number is empty the document keeps what it had; left empty, what can be left out is. */
export function DurationControl({ field, value, onChange, ids }: ControlProps) {
  const stored = typeof value === 'string' ? value : undefined
  const parts = stored === undefined ? undefined : durationParts(stored)
  const usual = typeof field.usual === 'string' ? durationParts(field.usual) : undefined
  const [chosen, setChosen] = useState<DurationUnit>(
    usual?.unit ?? durationParts(field.placeholder ?? '')?.unit ?? 'hours',
  )
  const unit = parts?.unit ?? chosen
  return (
    <div className="tl-duration">
      <NumberInput
        {...common(ids)}
        value={parts?.amount ?? ''}
        min={0}
        allowNegative={false}
        decimalScale={1}
        placeholder={usual ? String(usual.amount) : field.isOptional ? 'no limit' : ''}
        onChange={(amount) => typeof amount === 'number' && onChange(isoDuration({ amount, unit }))}
        onBlur={({ currentTarget }) => currentTarget.value === '' && field.isOptional && onChange(undefined)}
      />
      <Select
        aria-label={`${field.title}: unit`}
        data={[...durationUnits]}
        value={unit}
        allowDeselect={false}
        comboboxProps={{ shadow: 'md' }}
        onChange={(next) => {
          const nextUnit = durationUnits.find((each) => each === next)
          if (!nextUnit) return
          setChosen(nextUnit)
          if (parts) onChange(isoDuration({ amount: parts.amount, unit: nextUnit }))
        }}
      />
    </div>
  )
}
