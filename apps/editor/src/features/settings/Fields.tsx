import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconForms } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import { type ContactField, fieldListQuery } from '../../shared/api/people-lists.ts'
import { sendJson } from '../../shared/api/send-json.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { RowDeeds } from '../../shared/ui/RowDeeds.tsx'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'

const types = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'date', label: 'Date, with or without a time' },
  { value: 'yes-no', label: 'Yes or no' },
  { value: 'choice', label: 'One of choices' },
] as const

/** What is kept of contacts beside their names. */
export function Fields({ mayChange }: { readonly mayChange: boolean }) {
  const queries = useQueryClient()
  const fields = useQuery(fieldListQuery)
  const [open, setOpen] = useState<ContactField | 'new'>()
  const remove = useMutation({
    mutationFn: (key: string) => sendJson('DELETE', `/api/v1/fields/${key}`),
    onSuccess: () => queries.invalidateQueries(fieldListQuery),
    onError: ({ message }) => notifications.show({ color: 'red', title: 'It stays', message }),
  })
  const items = fields.data?.items ?? []
  return (
    <section className="tl-paper tl-setting">
      <header>
        <div>
          <h2>Contact fields</h2>
          <p>What is kept of people beside their names. The first three are columns of the list.</p>
        </div>
        {mayChange && (
          <Button variant="default" leftSection={<IconForms size={17} aria-hidden />} onClick={() => setOpen('new')}>
            Define a field
          </Button>
        )}
      </header>
      {fields.isPending && <LoadingState what="fields" />}
      {fields.isError && <ErrorState error={fields.error} retry={() => void fields.refetch()} />}
      {fields.data && items.length === 0 && (
        <p className="tl-setting-none">
          None yet. Flows can keep values all the same; a defined field can be searched.
        </p>
      )}
      <ul className="tl-setting-list">
        {items.map((field) => (
          <li key={field.key}>
            <div>
              <strong>{field.title}</strong>
              <span>
                {[`contact.fields.${field.key}`, field.choices.join(' / ')].filter((part) => part !== '').join(', ')}
              </span>
            </div>
            <span className="tl-chip">{types.find(({ value }) => value === field.type)?.label}</span>
            {mayChange && (
              <RowDeeds
                title={field.title}
                isGoing={remove.isPending && remove.variables === field.key}
                onChange={() => setOpen(field)}
                onTakeAway={() => remove.mutate(field.key)}
              />
            )}
          </li>
        ))}
      </ul>
      {open !== undefined && <FieldForm {...(open !== 'new' && { field: open })} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

function FieldForm({ field, onClose }: { readonly field?: ContactField; onClose(): void }) {
  const queries = useQueryClient()
  const [values, setValues] = useState({
    title: field?.title ?? '',
    key: field?.key ?? '',
    type: field?.type ?? 'text',
    choices: field?.choices.join(', ') ?? '',
  })
  const save = useMutation({
    mutationFn: () => {
      const { title, key, type } = values
      const choices =
        type === 'choice'
          ? values.choices.split(',').flatMap((choice) => (choice.trim() === '' ? [] : [choice.trim()]))
          : []
      return field === undefined
        ? sendJson('POST', '/api/v1/fields', { key, title, type, choices })
        : sendJson('PUT', `/api/v1/fields/${field.key}`, { title, type, choices, position: field.position })
    },
    onSuccess: () => queries.invalidateQueries(fieldListQuery),
  })
  const { fields, form } = formErrors(save.error, ['key', 'title', 'type', 'choices'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(undefined, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={field === undefined ? 'Define a field' : field.title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="tl-form" onSubmit={submit}>
        <TextInput
          label="Title"
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          value={values.title}
          error={fields.get('title')}
          onChange={({ currentTarget }) => setValues({ ...values, title: currentTarget.value })}
        />
        {field === undefined && (
          <TextInput
            label="Name in texts and queries"
            description="Letters, digits and underscores, such as city. It stays as it is."
            required
            withAsterisk={false}
            maxLength={64}
            value={values.key}
            error={fields.get('key')}
            onChange={({ currentTarget }) => setValues({ ...values, key: currentTarget.value })}
          />
        )}
        <NativeSelect
          label="Holds"
          value={values.type}
          error={fields.get('type')}
          data={types.map((type) => ({ ...type }))}
          onChange={({ currentTarget }) =>
            setValues({ ...values, type: currentTarget.value as (typeof types)[number]['value'] })
          }
        />
        {values.type === 'choice' && (
          <TextInput
            label="Choices"
            description="With commas between."
            value={values.choices}
            error={fields.get('choices')}
            onChange={({ currentTarget }) => setValues({ ...values, choices: currentTarget.value })}
          />
        )}
        <FormEnd
          refusal={form}
          deed={field === undefined ? 'Define the field' : 'Save'}
          isBusy={save.isPending}
          onClose={onClose}
        />
      </form>
    </Modal>
  )
}
