import { NumberInput } from '@mantine/core'
import { sharePercent } from '../model/share-percent.ts'
import { type ControlProps, common } from './simple-fields.tsx'

/** A weight among those of the other entries, with the share it comes to. */
export function WeightControl({ field, value, onChange, ids, rows = [] }: ControlProps) {
  const weight = typeof value === 'number' ? value : 0
  const percent = sharePercent(weight, rows, field.key)
  return (
    <div className="tl-weight">
      <NumberInput
        {...common(ids)}
        size="xs"
        value={typeof value === 'number' ? value : ''}
        min={field.min ?? 0}
        {...(field.max === undefined ? {} : { max: field.max })}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="blur"
        onChange={(next) => typeof next === 'number' && onChange(next)}
      />
      <span className="tl-weight-bar" aria-hidden>
        <span style={{ inlineSize: `${percent}%` }} />
      </span>
      <span className="tl-weight-share">{percent} %</span>
    </div>
  )
}
