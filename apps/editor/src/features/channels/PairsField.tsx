import { ActionIcon, Button, Input, PasswordInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { LinkField } from './model/link-fields.ts'
import { type Pair, pairsOf } from './model/link-settings.ts'
import { choiceWords } from './model/link-words.ts'

interface PairsFieldProps {
  readonly field: LinkField
  readonly value: unknown
  readonly error: string | undefined
  onChange(pairs: readonly Pair[]): void
}

/** Names and what each stands for, a line each. */
export function PairsField({ field, value, error, onChange }: PairsFieldProps) {
  const { title, description, choices, isSecret } = field
  const Value = isSecret ? PasswordInput : TextInput
  const pairs = pairsOf(value)
  // The server says the names of what it holds, and keeps the secrets to itself.
  const [stored] = useState(() => new Set(pairs.map(([name]) => name)))
  const put = (at: number, pair: Pair) => onChange(pairs.with(at, pair))
  return (
    <Input.Wrapper
      label={title}
      description={description}
      error={error}
      className="tl-link-pairs"
      labelElement="div"
      role="group"
      aria-label={title}
    >
      {pairs.map(([name, meaning], index) => (
        <div className="tl-link-pair" key={index}>
          <TextInput
            aria-label={`${title}, ${index + 1}: name`}
            value={name}
            onChange={({ currentTarget }) => put(index, [currentTarget.value, meaning])}
          />
          {choices.length > 0 ? (
            <Select
              aria-label={`${title}, ${index + 1}: meaning`}
              data={choices.map((choice) => ({ value: choice, label: choiceWords(choice) }))}
              allowDeselect={false}
              value={meaning}
              onChange={(picked) => put(index, [name, picked ?? meaning])}
            />
          ) : (
            <Value
              aria-label={`${title}, ${index + 1}: value`}
              {...(isSecret && { autoComplete: 'new-password', ...(stored.has(name) && { placeholder: 'Unchanged' }) })}
              value={meaning}
              onChange={({ currentTarget }) => put(index, [name, currentTarget.value])}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove line ${index + 1} of ${title}`}
            onClick={() => onChange(pairs.toSpliced(index, 1))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...pairs, ['', choices[0] ?? '']])}
      >
        Add a line
      </Button>
    </Input.Wrapper>
  )
}
