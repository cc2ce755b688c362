import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import type { Queue } from '../../shared/api/queue-list.ts'
import { queueOf, queueValues } from './model/queue-values.ts'
import { useSaveQueue } from './use-save-queue.ts'

/** Asks what a queue is called and how it is staffed. */
export function QueueForm(props: {
  /** The one to change; absent: a new one. */
  readonly queue?: Queue
  readonly others: readonly Queue[]
  onClose(): void
}) {
  const { queue, others, onClose } = props
  const [values, setValues] = useState(() => queueValues(queue))
  const save = useSaveQueue(queue)
  const { fields, form } = formErrors(save.error, ['id', 'name', 'parent', 'topics', 'maxWait'])
  const change = (changed: Partial<typeof values>) => setValues({ ...values, ...changed })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(queueOf(queue, values), { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={queue === undefined ? 'Add a queue' : queue.name}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="tl-form" onSubmit={submit}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={200}
          data-autofocus
          value={values.name}
          error={fields.get('name')}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        {queue === undefined && (
          <TextInput
            label="Id"
            description="What flows name it by, such as claims. It stays as it is."
            required
            withAsterisk={false}
            maxLength={64}
            value={values.id}
            error={fields.get('id')}
            onChange={({ currentTarget }) => change({ id: currentTarget.value })}
          />
        )}
        <NativeSelect
          label="Below"
          description="Hours and holidays that this queue does not name are those of the queue above it."
          value={values.parent}
          error={fields.get('parent')}
          data={[
            { value: '', label: 'No other queue' },
            ...others.filter(({ id }) => id !== queue?.id).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget }) => change({ parent: currentTarget.value })}
        />
        <TextInput
          label="Topics"
          description="Tickets for the queue above about one of these come here. With commas between."
          value={values.topics}
          error={fields.get('topics')}
          onChange={({ currentTarget }) => change({ topics: currentTarget.value })}
        />
        <TextInput
          type="number"
          min={1}
          step="any"
          label="Overdue after, minutes"
          description="For tickets that nobody has answered; may stay empty."
          value={values.maxWait}
          error={fields.get('maxWait')}
          onChange={({ currentTarget }) => change({ maxWait: currentTarget.value })}
        />
        <NativeSelect
          label="When nobody is in the app"
          value={values.staffing}
          data={[
            { value: 'always', label: 'Tickets wait until somebody comes' },
            { value: 'signed-in', label: 'The flow goes on by “nobody available”' },
          ]}
          onChange={({ currentTarget }) => change({ staffing: currentTarget.value as typeof values.staffing })}
        />
        {form !== undefined && (
          <p className="tl-form-error" role="alert">
            {form}
          </p>
        )}
        <div className="tl-form-deeds">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {queue === undefined ? 'Add the queue' : 'Save'}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
