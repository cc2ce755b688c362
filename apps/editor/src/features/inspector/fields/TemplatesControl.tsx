import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useForm } from '../form-context.ts'
import { problemsAt } from '../model/field-problems.ts'
import { TemplateText } from '../text/TemplateText.tsx'
import type { ControlProps } from './simple-fields.tsx'

/** Templates one below the other. There is always a line to write into; lines left empty are not kept. */
export function TemplatesControl({ field, value, onChange, ids }: ControlProps) {
  const { names, problems } = useForm()
  const stored = Array.isArray(value) ? value.map(String) : []
  const lines = stored.length === 0 ? [''] : stored
  const placeOf = (index: number) => `${field.key}[${index}]`
  const isFull = field.maxEntries !== undefined && lines.length >= field.maxEntries
  const keep = (next: readonly string[]) => {
    const isNothing = next.every((line) => line.trim() === '')
    onChange(isNothing ? (field.isOptional ? undefined : []) : next)
  }
  return (
    <div className="tl-templates" id={ids.inputId}>
      {lines.map((line, index) => (
        <div className="tl-template-line" key={index} data-place={placeOf(index)}>
          <TemplateText
            label={`${field.title}: ${index + 1}`}
            lines="one"
            names={names}
            placeholder={field.placeholder ?? ''}
            isBad={problemsAt(problems, placeOf(index), true).some(({ severity }) => severity === 'error')}
            describedBy={ids.describedBy}
            value={line}
            onChange={(next) => keep(lines.with(index, next))}
          />
          {stored.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${line || `line ${index + 1}`}`}
              onClick={() => keep(lines.toSpliced(index, 1))}
            >
              <IconX size={15} />
            </ActionIcon>
          )}
        </div>
      ))}
      {!isFull && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          disabled={lines.at(-1)?.trim() === ''}
          onClick={() => onChange([...lines, ''])}
        >
          Add another
        </Button>
      )}
    </div>
  )
}
