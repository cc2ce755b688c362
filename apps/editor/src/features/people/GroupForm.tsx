import { Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import type { Group } from '../../shared/api/people-lists.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { groupDeeds, usePeopleDeed } from './use-people.ts'

/** Asks what a group is called, and of one by query whom it finds. */
export function GroupForm(props: {
  /** The one to change; absent: a new one. */
  readonly group?: Group
  /** The query of a new one; absent: people are put into it one by one. */
  readonly query?: string
  onClose(): void
}) {
  const { group, onClose } = props
  const isByQuery = group === undefined ? props.query !== undefined : group.kind === 'query'
  const [values, setValues] = useState({ title: group?.title ?? '', query: group?.query ?? props.query ?? '' })
  const save = usePeopleDeed(() => {
    const title = values.title.trim()
    const query = isByQuery ? { query: values.query } : {}
    return group === undefined
      ? groupDeeds.add({ id: title, title, ...query })
      : groupDeeds.change(group.id, { title, ...query })
  })
  const { fields, form } = formErrors(save.error, ['id', 'title', 'query'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(undefined, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={group === undefined ? 'Make a group' : group.title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="tl-form" onSubmit={submit}>
        <TextInput
          label="Name"
          description={
            group === undefined
              ? 'Flows and queries call it so for good; the title can change.'
              : `Flows call it ${group.id}.`
          }
          required
          withAsterisk={false}
          maxLength={160}
          data-autofocus
          value={values.title}
          error={fields.get('title') ?? fields.get('id')}
          onChange={({ currentTarget }) => setValues({ ...values, title: currentTarget.value })}
        />
        {isByQuery && (
          <Textarea
            label="Query"
            description="Whoever it finds is in the group, at any time."
            required
            withAsterisk={false}
            autosize
            minRows={2}
            spellCheck={false}
            value={values.query}
            error={fields.get('query')}
            onChange={({ currentTarget }) => setValues({ ...values, query: currentTarget.value })}
          />
        )}
        <FormEnd
          refusal={form}
          deed={group === undefined ? 'Make the group' : 'Save'}
          isBusy={save.isPending}
          onClose={onClose}
        />
      </form>
    </Modal>
  )
}
