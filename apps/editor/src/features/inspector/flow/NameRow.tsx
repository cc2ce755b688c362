import { ActionIcon, Checkbox, NumberInput, Select, TextInput, UnstyledButton } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { Json, ValueType } from '@textloom/core'
import type { ReactNode } from 'react'
import { typeWords } from '../../../document/texts/flow-names.ts'
import { CommitInput } from '../CommitInput.tsx'
import { asName } from '../model/as-name.ts'

/** A declared variable or parameter, with what can be said about it. */
export function NameRow(props: {
  readonly noun: string
  readonly name: string
  readonly type: ValueType
  readonly uses: number
  readonly problems: readonly string[]
  readonly onRename: (name: string) => void
  readonly onType: (type: ValueType) => void
  readonly onRemove: () => void
  readonly onShowUses: () => void
  /** What else there is to set: a default, whether it is required. */
  readonly children: ReactNode
}) {
  const { noun, name, type, uses, problems, onRename, onType, onRemove, onShowUses, children } = props
  return (
    <li className="tl-name-row">
      <div className="tl-name-row-head">
        <CommitInput
          size="xs"
          aria-label={`Name of the ${noun} ${name}`}
          value={name}
          spellCheck={false}
          onCommit={(text) => onRename(asName(text))}
        />
        <Select
          size="xs"
          aria-label={`Type of ${name}`}
          data={types}
          value={type}
          allowDeselect={false}
          comboboxProps={{ shadow: 'md', width: 130, position: 'bottom-end' }}
          onChange={(next) => {
            const chosen = types.find(({ value }) => value === next)
            if (chosen) onType(chosen.value)
          }}
        />
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove ${noun} ${name}`} onClick={onRemove}>
          <IconX size={15} />
        </ActionIcon>
      </div>
      <div className="tl-name-row-foot">
        {children}
        {uses === 0 ? (
          <span className="tl-name-uses">not used yet</span>
        ) : (
          <UnstyledButton className="tl-name-uses" onClick={onShowUses}>
            used in {uses === 1 ? '1 step' : `${uses} steps`}
          </UnstyledButton>
        )}
      </div>
      {problems.length > 0 && (
        <ul className="tl-field-problems">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** What a variable holds before anything is put into it. */
export function DefaultInput(props: {
  readonly name: string
  readonly type: ValueType
  readonly value: Json | undefined
  readonly onChange: (value: Json | undefined) => void
}) {
  const { name, type, value, onChange } = props
  const label = `${name} begins as`
  if (type === 'number') {
    return (
      <NumberInput
        size="xs"
        aria-label={label}
        placeholder="begins empty"
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => {
          if (typeof next === 'number' || next === '') onChange(next === '' ? undefined : next)
        }}
      />
    )
  }
  if (type === 'boolean') {
    return (
      <Checkbox
        size="xs"
        label="begins as yes"
        checked={value === true}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? true : undefined)}
      />
    )
  }
  if (type === 'json') return <span className="tl-name-uses">begins empty</span>
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder="begins empty"
      value={typeof value === 'string' ? value : ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
    />
  )
}

const types: { value: ValueType; label: string }[] = (['text', 'number', 'boolean', 'json'] as const).map((value) => ({
  value,
  label: typeWords[value],
}))
