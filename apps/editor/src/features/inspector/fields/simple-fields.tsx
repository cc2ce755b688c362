import { NumberInput, SegmentedControl, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import type { Json } from '@textloom/core'
import type { Field } from '../model/field-model.ts'
import type { FieldIds } from './FieldShell.tsx'

/** What the control of any field is given. */
export interface ControlProps {
  readonly field: Field
  readonly value: Json | undefined
  readonly onChange: (value: Json | undefined) => void
  readonly ids: FieldIds
  /** One field among others of an entry: as small as it can be. */
  readonly isInRow?: boolean
  /** All entries of the list that it is in, its own among them. */
  readonly rows?: readonly Json[]
}

/** One line of plain text; empty takes an optional field away. */
export function TextControl({ field, value, onChange, ids, isInRow = false }: ControlProps) {
  return (
    <TextInput
      size={isInRow ? 'xs' : 'sm'}
      {...common(ids)}
      value={typeof value === 'string' ? value : ''}
      maxLength={field.maxLength}
      placeholder={field.placeholder}
      onChange={({ currentTarget }) => onChange(emptyIsNone(field, currentTarget.value))}
    />
  )
}

/** A condition or a computed value, in as many lines as it takes. */
export function ExpressionControl({ field, value, onChange, ids, isInRow = false }: ControlProps) {
  return (
    <Textarea
      size={isInRow ? 'xs' : 'sm'}
      {...common(ids)}
      className="tl-expression"
      autosize
      maxRows={12}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      value={typeof value === 'string' ? value : ''}
      maxLength={field.maxLength}
      placeholder={field.placeholder}
      onChange={({ currentTarget }) => onChange(emptyIsNone(field, currentTarget.value))}
    />
  )
}

/** A number; empty takes an optional field away, and puts back what is usual elsewhere. */
export function NumberControl({ field, value, onChange, ids }: ControlProps) {
  const fallback = typeof field.usual === 'number' ? field.usual : (field.min ?? 0)
  return (
    <NumberInput
      {...common(ids)}
      className="tl-number"
      value={typeof value === 'number' ? value : ''}
      {...(field.min === undefined ? {} : { min: field.min })}
      {...(field.max === undefined ? {} : { max: field.max })}
      allowDecimal={!field.isWhole}
      allowNegative={field.min === undefined || field.min < 0}
      clampBehavior="blur"
      placeholder={field.usual === undefined ? 'none' : String(field.usual)}
      onChange={(next) => {
        if (typeof next === 'number') onChange(next)
        else if (field.isOptional && next === '') onChange(undefined)
      }}
      onBlur={({ currentTarget }) => {
        if (currentTarget.value === '' && !field.isOptional) onChange(fallback)
      }}
    />
  )
}

/** One of a few values: side by side when they are short, a list when they are not. */
export function ChoiceControl({ field, value, onChange, ids, isInRow = false }: ControlProps) {
  const choices = [...(field.choices ?? [])]
  const usual = typeof field.usual === 'string' ? field.usual : null
  const isShort = choices.length <= 5 && choices.reduce((sum, { label }) => sum + label.length, 0) <= 30
  if (isShort) {
    return (
      <SegmentedControl
        fullWidth
        size="xs"
        id={ids.inputId}
        aria-label={field.title}
        data={choices}
        value={String(value ?? field.usual ?? '')}
        onChange={onChange}
      />
    )
  }
  return (
    <Select
      {...common(ids)}
      size={isInRow ? 'xs' : 'sm'}
      data={choices}
      value={typeof value === 'string' ? value : usual}
      allowDeselect={false}
      checkIconPosition="right"
      comboboxProps={{ shadow: 'md' }}
      onChange={(next) => next !== null && onChange(next)}
    />
  )
}

/** Yes or no. What is usual is left out of the document. */
export function SwitchControl({ field, value, onChange, ids }: ControlProps) {
  const usual = field.usual === true
  return (
    <Switch
      {...common(ids)}
      checked={typeof value === 'boolean' ? value : usual}
      onChange={({ currentTarget: { checked } }) =>
        onChange(field.isOptional && checked === usual ? undefined : checked)
      }
    />
  )
}

/** Words as chips. */
export function WordsControl({ field, value, onChange, ids, isInRow = false }: ControlProps) {
  const words = Array.isArray(value) ? value.map(String) : []
  return (
    <TagsInput
      {...common(ids)}
      className="tl-words"
      size={isInRow ? 'xs' : 'sm'}
      variant={isInRow ? 'unstyled' : 'default'}
      value={words}
      placeholder={words.length === 0 ? (isInRow ? field.title.toLowerCase() : field.placeholder) : isInRow ? '+' : ''}
      splitChars={[',', ';', '\n']}
      acceptValueOnBlur
      // Words that differ in case only are one word to a flow, but which spelling to keep is the author's choice.
      isDuplicate={(word, others) => others.includes(word)}
      onChange={(next) => onChange(next.map((word) => word.trim()).filter((word) => word !== ''))}
    />
  )
}

/** What ties a control to its label and problems. */
export function common({ inputId, describedBy, isBad }: FieldIds) {
  return {
    id: inputId,
    ...(describedBy === '' ? {} : { 'aria-describedby': describedBy }),
    ...(isBad ? { error: true } : {}),
  }
}

/** Empty takes an optional field away. */
export function emptyIsNone({ isOptional }: Field, text: string): string | undefined {
  return text === '' && isOptional ? undefined : text
}
