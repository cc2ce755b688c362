import { Modal, Radio, Stack, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import '../../shared/ui/form.css'
import { refusalWords } from './model/refusal-words.ts'
import { useTicketDeed } from './use-tickets.ts'

/** Gives the conversation back to its flow. */
export function CloseForm({ ticketId, onClose }: { readonly ticketId: string; onClose(): void }) {
  const [outcome, setOutcome] = useState<'resolved' | 'unavailable'>('resolved')
  const [note, setNote] = useState('')
  const deed = useTicketDeed(ticketId)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    deed.mutate(
      { do: 'close', outcome, ...(note.trim() !== '' && { note: note.trim() }) },
      { onSuccess: () => onClose() },
    )
  }
  return (
    <Modal opened onClose={onClose} title="Close this ticket" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form className="tl-form" onSubmit={submit}>
        <Radio.Group
          label="How it ended"
          description="The flow goes on by the exit of that name."
          value={outcome}
          onChange={(value) => setOutcome(value as typeof outcome)}
        >
          <Stack gap={10} mt={10}>
            <Radio value="resolved" label="Resolved" description="They were helped." data-autofocus />
            <Radio value="unavailable" label="Nobody available" description="Nobody can help them now." />
          </Stack>
        </Radio.Group>
        <Textarea
          label="Note"
          description="For colleagues; may stay empty."
          autosize
          minRows={2}
          maxRows={6}
          maxLength={10_000}
          value={note}
          onChange={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <FormEnd
          refusal={deed.isError ? refusalWords(deed.error) : undefined}
          deed="Close ticket"
          isBusy={deed.isPending}
          way="Keep it open"
          onClose={onClose}
        />
      </form>
    </Modal>
  )
}
