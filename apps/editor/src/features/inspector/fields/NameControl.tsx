import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { type FlowName, nameLabel, typeWords } from '../../../document/texts/flow-names.ts'
import { useForm } from '../form-context.ts'
import { asName } from '../model/as-name.ts'
import { type ControlProps, common, emptyIsNone } from './simple-fields.tsx'

/** A variable of the flow, or the name of a new one: whatever is typed becomes a name that templates can write. */
export function VariableControl({ field, value, onChange, ids, isInRow = false }: ControlProps) {
  const { variables } = useForm()
  const text = typeof value === 'string' ? value : ''
  const options = () =>
    variables.map(({ name, type }) => ({ value: name, label: name, detail: typeWords[type], group: '' }))
  return (
    <Picker
      ids={ids}
      size={isInRow ? 'xs' : 'sm'}
      text={text}
      shown={text}
      placeholder={field.placeholder}
      options={options}
      onType={(typed) => onChange(asName(typed))}
      onPick={onChange}
    />
  )
}

/** A field of the contact that the flow names already, or the name of another. */
export function ContactFieldControl(props: ControlProps) {
  return <KnownNameControl {...props} pattern={/^contact\.fields\.(\w+)$/} />
}

/** A result that the flow records, or the name of one that it will. */
export function ResultControl(props: ControlProps) {
  return <KnownNameControl {...props} pattern={/^results\.(\w+)\.value$/} />
}

/** A name that stands in the paths of a pattern, or another. */
function KnownNameControl(props: ControlProps & { readonly pattern: RegExp }) {
  const { field, value, onChange, ids, isInRow = false, pattern } = props
  const { names } = useForm()
  const text = typeof value === 'string' ? value : ''
  const known = names.flatMap(({ path }) => pattern.exec(path)?.[1] ?? [])
  return (
    <Picker
      ids={ids}
      size={isInRow ? 'xs' : 'sm'}
      text={text}
      shown={text}
      placeholder={field.placeholder}
      options={() => known.map((name) => ({ value: name, label: name, detail: '', group: '' }))}
      onType={(typed) => onChange(asName(typed))}
      onPick={onChange}
    />
  )
}

/** A name of its own: whatever is typed becomes one that templates can write. */
export function NewNameControl({ field, value, onChange, ids }: ControlProps) {
  return (
    <TextInput
      {...common(ids)}
      value={typeof value === 'string' ? value : ''}
      placeholder={field.placeholder}
      spellCheck={false}
      autoComplete="off"
      onChange={({ currentTarget }) => onChange(emptyIsNone(field, asName(currentTarget.value)))}
    />
  )
}

/** Where a value comes from: shown by its name, kept as its path. Any template may be typed instead. */
export function OperandControl({ field, value, onChange, ids, isInRow = false }: ControlProps) {
  const { names, namesHere } = useForm()
  const text = typeof value === 'string' ? value : ''
  return (
    <Picker
      ids={ids}
      size={isInRow ? 'xs' : 'sm'}
      text={text}
      shown={nameLabel(text, names)}
      placeholder={field.placeholder}
      options={() => {
        const here = namesHere && new Map(namesHere().map(({ path, mayBeEmpty }) => [path, mayBeEmpty]))
        return byUse(names).map(({ path, label, type, group }) => ({
          value: path,
          label,
          detail: `${typeWords[type]}${here ? emptiness(here.get(path)) : ''}`,
          group,
        }))
      }}
      onType={onChange}
      onPick={onChange}
    />
  )
}

interface Option {
  readonly value: string
  readonly label: string
  readonly detail: string
  readonly group: string
}

interface PickerProps {
  readonly size: 'xs' | 'sm'
  readonly ids: ControlProps['ids']
  readonly text: string
  readonly shown: string
  readonly placeholder?: string | undefined
  /** Asked for when the list opens. */
  readonly options: () => readonly Option[]
  readonly onType: (text: string) => void
  readonly onPick: (value: string) => void
}

/** A text field with suggestions that may be passed over. */
function Picker({ ids, size, text, shown, placeholder, options, onType, onPick }: PickerProps) {
  const [typed, setTyped] = useState<string>()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const isOpen = combobox.dropdownOpened
  const query = typed?.trim().toLowerCase() ?? ''
  const known = isOpen ? options() : []
  const fitting = known.filter(({ value, label }) => query === '' || `${value} ${label}`.toLowerCase().includes(query))
  const groups = Map.groupBy(fitting, ({ group }) => group)
  const close = () => {
    combobox.closeDropdown()
    setTyped(undefined)
  }
  return (
    <Combobox
      store={combobox}
      shadow="md"
      onOptionSubmit={(value) => {
        onPick(value)
        close()
      }}
    >
      <Combobox.Target>
        <TextInput
          {...common(ids)}
          className="tl-picker"
          size={size}
          value={typed ?? shown}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          onFocus={({ currentTarget }) => currentTarget.select()}
          onClick={() => combobox.openDropdown()}
          onBlur={close}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value)
            onType(value)
            combobox.openDropdown()
            combobox.updateSelectedOptionIndex()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={fitting.length === 0}>
        <Combobox.Options className="tl-picker-options">
          {[...groups].map(([group, items]) => (
            <Combobox.Group key={group} label={group}>
              {items.map(({ value, label, detail }) => (
                <Combobox.Option key={value} value={value} active={value === text}>
                  <span>{label}</span>
                  <span className="tl-picker-detail">{detail}</span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** Rules mostly look at the reply, so that comes first. */
function byUse(names: readonly FlowName[]): readonly FlowName[] {
  return names.toSorted((one, other) => Number(other.group === 'Reply') - Number(one.group === 'Reply'))
}

/** A rule may well ask about what is not there: so everything is offered, and this is said of it. */
function emptiness(mayBeEmpty: boolean | undefined): string {
  if (mayBeEmpty === undefined) return ', never set before this step'
  return mayBeEmpty ? ', may be empty' : ''
}
