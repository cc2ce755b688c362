import { Modal, MultiSelect, NativeSelect, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { Json } from '@textloom/core'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import type { ContactField, Group } from '../../shared/api/people-lists.ts'
import { zonesWith } from '../../shared/hours/zones.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { languageChoices } from '../../shared/words/languages.ts'
import { type Person, personDeeds, usePeopleDeed } from './use-people.ts'

/** Asks who somebody is: a new contact, or one that is known. */
export function PersonForm(props: {
  /** The one to change; absent: a new one. */
  readonly person?: Person
  readonly fields: readonly ContactField[]
  readonly groups: readonly Group[]
  onClose(): void
}) {
  const { person, fields, groups, onClose } = props
  const navigate = useNavigate()
  const known = (person?.fields ?? {}) as { readonly [key: string]: Json }
  const [values, setValues] = useState(() => ({
    phone: person?.phone ?? '',
    name: person?.name ?? '',
    language: person?.language ?? '',
    timezone: person?.timezone ?? '',
    groups: person?.groups ?? [],
    fields: Object.fromEntries(fields.map(({ key }) => [key, inputText(known[key])])),
  }))
  const save = usePeopleDeed(async (body: object) => {
    if (person !== undefined) {
      await personDeeds.change(person.phone, body)
      return person.phone
    }
    return (await personDeeds.add({ phone: values.phone, ...body })).phone
  })
  const { fields: errors, form } = formErrors(save.error, [
    'phone',
    'name',
    'language',
    'timezone',
    'groups',
    ...fields.map(({ key }) => `fields.${key}`),
  ])
  const change = (changed: Partial<typeof values>) => setValues({ ...values, ...changed })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { name, language, timezone } = values
    const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
    const joined =
      person === undefined
        ? values.groups
        : Object.fromEntries([
            ...person.groups.map((id) => [id, values.groups.includes(id)]),
            ...values.groups.map((id) => [id, true]),
          ])
    const changed = fields.flatMap(({ key }) => {
      const text = values.fields[key] ?? ''
      return text === inputText(known[key]) ? [] : [[key, orNull(text)]]
    })
    save.mutate(
      {
        name: orNull(name),
        language: orNull(language),
        timezone: orNull(timezone),
        groups: joined,
        fields: Object.fromEntries(changed),
      },
      {
        onSuccess: (phone) => {
          onClose()
          if (person === undefined) void navigate({ to: '/people/$phone', params: { phone } })
        },
      },
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={person === undefined ? 'Add a contact' : (person.name ?? person.phone)}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="tl-form" onSubmit={submit}>
        {person === undefined && (
          <TextInput
            label="Phone number"
            description="With + and the country code, or a short code."
            type="tel"
            required
            withAsterisk={false}
            maxLength={40}
            data-autofocus
            value={values.phone}
            error={errors.get('phone')}
            onChange={({ currentTarget }) => change({ phone: currentTarget.value })}
          />
        )}
        <TextInput
          label="Name"
          maxLength={200}
          {...(person !== undefined && { 'data-autofocus': true })}
          value={values.name}
          error={errors.get('name')}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <div className="tl-form-pair">
          <NativeSelect
            label="Language"
            value={values.language}
            error={errors.get('language')}
            data={[
              { value: '', label: 'Not known' },
              ...languageChoices(values.language === '' ? 'en' : values.language),
            ]}
            onChange={({ currentTarget }) => change({ language: currentTarget.value })}
          />
          <Select
            label="Time zone"
            placeholder={person?.guessedTimezone ? `${person.guessedTimezone}, by the number` : 'Not known'}
            searchable
            clearable
            limit={60}
            clearButtonProps={{ 'aria-label': 'Clear the time zone' }}
            nothingFoundMessage="No zone of this name"
            value={values.timezone === '' ? null : values.timezone}
            error={errors.get('timezone')}
            data={zonesWith(values.timezone === '' ? null : values.timezone)}
            onChange={(timezone) => change({ timezone: timezone ?? '' })}
          />
        </div>
        <MultiSelect
          label="Groups"
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Clear the groups' }}
          nothingFoundMessage="No group of this name"
          value={values.groups}
          error={errors.get('groups')}
          data={groups.filter(({ kind }) => kind === 'static').map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(joined) => change({ groups: joined })}
        />
        {fields.map((field) => (
          <FieldInput
            key={field.key}
            field={field}
            value={values.fields[field.key] ?? ''}
            error={errors.get(`fields.${field.key}`)}
            onChange={(value) => change({ fields: { ...values.fields, [field.key]: value } })}
          />
        ))}
        <FormEnd
          refusal={form}
          deed={person === undefined ? 'Add the contact' : 'Save'}
          isBusy={save.isPending}
          onClose={onClose}
        />
      </form>
    </Modal>
  )
}

function FieldInput(props: {
  field: ContactField
  value: string
  error: string | undefined
  onChange(value: string): void
}) {
  const { field, value, error, onChange } = props
  const { title, type, choices } = field
  if (type === 'choice' || type === 'yes-no') {
    const offered = type === 'choice' ? choices : ['yes', 'no']
    return (
      <NativeSelect
        label={title}
        value={value}
        error={error}
        data={[{ value: '', label: 'Not known' }, ...offered]}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      label={title}
      {...(type === 'number' && { inputMode: 'decimal' as const })}
      {...(type === 'date' && { placeholder: '2026-03-05, or 2026-03-05 09:30' })}
      value={value}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

function inputText(value: Json | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : String(value).replace(/^(\d{4}-\d\d-\d\d)T/, '$1 ')
}
