import { MultiSelect, NumberInput, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { zonesWith } from '../../shared/hours/zones.ts'
import type { LinkField } from './model/link-fields.ts'
import { isSettings, jsonProblem, jsonText } from './model/link-settings.ts'
import { choiceWords } from './model/link-words.ts'
import { PairsField } from './PairsField.tsx'

interface LinkFieldControlProps {
  readonly field: LinkField
  readonly value: unknown
  /** A secret that is set, and never shown. */
  readonly isStored: boolean
  readonly error: string | undefined
  onChange(value: unknown): void
}

/** The control for one setting of a link. */
export function LinkFieldControl({ field, value, isStored, error, onChange }: LinkFieldControlProps) {
  const { title, description, isRequired, usual, min, max } = field
  const common = {
    label: title,
    description,
    required: isRequired,
    withAsterisk: false,
    error,
    ...(usual !== undefined && { placeholder: usual }),
  }
  const text = typeof value === 'string' ? value : ''
  switch (field.kind) {
    case 'number':
      return (
        <NumberInput
          {...common}
          allowDecimal={false}
          {...(min !== undefined && { min })}
          {...(max !== undefined && max < Number.MAX_SAFE_INTEGER && { max })}
          value={typeof value === 'number' ? value : ''}
          onChange={(typed) => onChange(typeof typed === 'number' ? typed : undefined)}
        />
      )
    case 'choice':
      return (
        <Select
          {...common}
          data={field.choices.map((choice) => ({ value: choice, label: choiceWords(choice) }))}
          clearable={!isRequired}
          placeholder={usual === undefined ? '' : choiceWords(usual)}
          value={typeof value === 'string' ? value : null}
          onChange={(picked) => onChange(picked ?? undefined)}
        />
      )
    case 'choices':
      return (
        <MultiSelect
          {...common}
          data={field.choices.map((choice) => ({ value: choice, label: choiceWords(choice) }))}
          searchable
          placeholder={Array.isArray(value) && value.length > 0 ? '' : 'None'}
          nothingFoundMessage="Nothing of this name"
          value={Array.isArray(value) ? value : []}
          onChange={onChange}
        />
      )
    case 'zone':
      return (
        <Select
          {...common}
          data={zonesWith(text === '' ? null : text)}
          searchable
          clearable
          limit={60}
          nothingFoundMessage="No zone of this name"
          value={text === '' ? null : text}
          onChange={(picked) => onChange(picked ?? undefined)}
        />
      )
    case 'pairs':
      return <PairsField field={field} value={value} error={error} onChange={onChange} />
    case 'switch':
      // Nobody here knows what holds when it is not said: a preset may.
      if (usual === undefined && !isRequired) {
        return (
          <Select
            {...common}
            data={[
              { value: 'true', label: 'Yes' },
              { value: 'false', label: 'No' },
            ]}
            clearable
            placeholder="As usual"
            value={typeof value === 'boolean' ? String(value) : null}
            onChange={(picked) => onChange(picked === null ? undefined : picked === 'true')}
          />
        )
      }
      return (
        <Switch
          label={title}
          description={description}
          checked={value === true || (value === undefined && usual === 'true')}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      )
    case 'secret':
      return (
        <PasswordInput
          {...common}
          required={isRequired && !isStored}
          autoComplete="new-password"
          placeholder={isStored ? 'Stored. Type to replace it.' : ''}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )
    case 'long-text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={8}
          value={text}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )
    case 'json':
      return (
        <Textarea
          {...common}
          className="tl-form-json"
          error={error ?? jsonProblem(jsonText(value))}
          autosize
          minRows={2}
          maxRows={12}
          spellCheck={false}
          value={jsonText(value)}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )
    case 'group':
      return <Group field={field} value={value} error={error} onChange={onChange} />
    case 'text':
      return <TextInput {...common} value={text} onChange={({ currentTarget }) => onChange(currentTarget.value)} />
  }
}

/** On or off; when it is on, more can be said about it. */
function Group({ field, value, error, onChange }: Omit<LinkFieldControlProps, 'isStored'>) {
  const isOn = value === true || isSettings(value)
  const told = isSettings(value) ? value : {}
  return (
    <div className="tl-form-group">
      <Switch
        label={field.title}
        description={field.description}
        error={error}
        checked={isOn}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {isOn && (
        <div className="tl-form">
          {field.fields.map((inner) => (
            <LinkFieldControl
              key={inner.name}
              field={inner}
              value={told[inner.name]}
              isStored={false}
              error={undefined}
              onChange={(changed) => onChange({ ...told, [inner.name]: changed })}
            />
          ))}
        </div>
      )}
    </div>
  )
}
