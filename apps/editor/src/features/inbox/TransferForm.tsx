import { Modal, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { assigneesQuery } from '../../shared/api/assignees.ts'
import { queueListQuery } from '../../shared/api/queue-list.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import '../../shared/ui/form.css'
import { refusalWords } from './model/refusal-words.ts'
import { type Ticket, useQueueName, useTicketDeed } from './use-tickets.ts'

/** Hands a ticket to another queue, to somebody, or both. */
export function TransferForm({ ticket, onClose }: { readonly ticket: Ticket; onClose(): void }) {
  const [queue, setQueue] = useState('')
  const [to, setTo] = useState('')
  const queues = useQuery(queueListQuery)
  const queueName = useQueueName()
  const people = useQuery(assigneesQuery)
  const deed = useTicketDeed(ticket.id)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    deed.mutate(
      { do: 'transfer', ...(queue !== '' && { queue }), ...(to !== '' && { to }) },
      { onSuccess: () => onClose() },
    )
  }
  return (
    <Modal opened onClose={onClose} title="Transfer this ticket" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="tl-form" onSubmit={submit}>
        <NativeSelect
          label="Queue"
          value={queue}
          data={[
            { value: '', label: `Stays in ${queueName(ticket.queue)}` },
            ...(queues.data?.items ?? [])
              .filter(({ id }) => id !== ticket.queue)
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget }) => setQueue(currentTarget.value)}
          data-autofocus
        />
        <NativeSelect
          label="Person"
          description="In another queue it is nobody’s until somebody claims it, unless you say whose."
          value={to}
          data={[
            { value: '', label: queue === '' ? 'Nobody else' : 'Whoever claims it' },
            ...(people.data?.items ?? [])
              .filter(({ id }) => ticket.assignee?.id !== `user:${id}`)
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
        <FormEnd
          refusal={deed.isError ? refusalWords(deed.error) : undefined}
          deed="Transfer"
          isBusy={deed.isPending}
          isOff={queue === '' && to === ''}
          onClose={onClose}
        />
      </form>
    </Modal>
  )
}
