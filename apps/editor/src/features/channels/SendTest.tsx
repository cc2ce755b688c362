import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { countSegments } from '@textloom/sms'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import { sizeWords } from './model/link-words.ts'
import { messageWords } from './model/message-words.ts'
import { type Channel, useMessage, useSendTest } from './use-channels.ts'

/** Sends one text by a channel and shows what becomes of it. */
export function SendTest({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const [to, setTo] = useState('')
  const [text, setText] = useState('A test from Textloom.')
  const send = useSendTest(channel.id)
  const message = useMessage(send.data?.id)
  const { fields, form } = formErrors(send.error, ['to', 'text'])
  const { segments, encoding } = countSegments(text)
  const sent = message.data?.direction === 'mt' ? message.data : undefined
  const outcome = send.data && messageWords(sent?.status ?? 'queued', sent?.error?.message)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send.mutate({ to, text })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Send a test from ${channel.address}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="tl-form" onSubmit={submit}>
        <TextInput
          label="To"
          description="A phone number, with its country code unless the channel has a country."
          placeholder="+36 20 123 4567"
          type="tel"
          required
          withAsterisk={false}
          data-autofocus
          value={to}
          error={fields.get('to')}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
        <Textarea
          label="Text"
          required
          withAsterisk={false}
          autosize
          minRows={3}
          value={text}
          error={fields.get('text')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <p className="tl-form-count" data-wide={encoding !== 'gsm7' || undefined}>
          {sizeWords({ characters: [...text].length, segments })}
          {encoding !== 'gsm7' && ', in Unicode: room for 70 characters, not 160'}
        </p>
        {form !== undefined && (
          <p className="tl-form-error" role="alert">
            {form}
          </p>
        )}
        {outcome && (
          <p className="tl-form-outcome" data-tone={outcome.tone} role="status">
            {outcome.says}
          </p>
        )}
        <div className="tl-form-deeds">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={send.isPending}>
            {send.data ? 'Send another' : 'Send'}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
