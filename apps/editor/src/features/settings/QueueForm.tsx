import { Input, Modal, MultiSelect, NativeSelect, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { assigneesQuery } from '../../shared/api/assignees.ts'
import { formErrors } from '../../shared/api/field-errors.ts'
import type { Queue } from '../../shared/api/queue-list.ts'
import { ClosedDays } from '../../shared/hours/ClosedDays.tsx'
import { WeekHours } from '../../shared/hours/WeekHours.tsx'
import { zonesWith } from '../../shared/hours/zones.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
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
  const { fields, form } = formErrors(save.error, [
    'id',
    'name',
    'parent',
    'topics',
    'hours',
    'holidays',
    'timezone',
    'maxWait',
    'members',
  ])
  const people = useQuery(assigneesQuery).data?.items ?? []
  const change = (changed: Partial<typeof values>) => setValues({ ...values, ...changed })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(queueOf(values), { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={queue === undefined ? 'Add a queue' : queue.name}
      size="lg"
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
          description="What this queue leaves empty here is as in the queue above it."
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
        <MultiSelect
          label="Who answers"
          description="Nobody named: everybody who may."
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Clear who answers' }}
          nothingFoundMessage="Nobody of this name"
          value={[...values.members]}
          error={fields.get('members')}
          data={[
            ...people.map(({ id, name }) => ({ value: id, label: name })),
            ...values.members
              .filter((member) => !people.some(({ id }) => id === member))
              .map((member) => ({ value: member, label: 'Somebody who may not answer any more' })),
          ]}
          onChange={(members) => change({ members })}
        />
        <Input.Wrapper
          labelElement="div"
          label="Hours"
          description="None on any day: at all times."
          error={fields.get('hours')}
        >
          <div className="tl-queue-hours">
            <WeekHours label="Hours" value={values.hours} onChange={(hours) => change({ hours })} />
          </div>
        </Input.Wrapper>
        <div className="tl-form-pair">
          <Input.Wrapper
            labelElement="div"
            label="Closed on"
            description="Days of the calendar."
            error={fields.get('holidays')}
          >
            <ClosedDays label="Closed on" days={values.holidays} onChange={(holidays) => change({ holidays })} />
          </Input.Wrapper>
          <Select
            label="Time zone"
            description="Empty: that of the channel."
            searchable
            clearable
            limit={60}
            clearButtonProps={{ 'aria-label': 'Clear the time zone' }}
            nothingFoundMessage="No zone of this name"
            value={values.timezone === '' ? null : values.timezone}
            error={fields.get('timezone')}
            data={zonesWith(values.timezone === '' ? null : values.timezone)}
            onChange={(timezone) => change({ timezone: timezone ?? '' })}
          />
        </div>
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
        <FormEnd
          refusal={form}
          deed={queue === undefined ? 'Add the queue' : 'Save'}
          isBusy={save.isPending}
          onClose={onClose}
        />
      </form>
    </Modal>
  )
}
