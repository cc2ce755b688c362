import { Button, Checkbox, Modal, Switch, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { HandOver } from './HandOver.tsx'
import { eventWords } from './model/webhook-words.ts'
import { useChangeWebhook, useMakeWebhook, useRemoveWebhook, useRotate, type Webhook } from './use-webhooks.ts'

interface WebhookFormProps {
  /** Undefined for a new one. */
  readonly webhook?: Webhook
  onClose(): void
}

/** Makes a webhook, or changes one. Its secret is shown when it is new. */
export function WebhookForm({ webhook, onClose }: WebhookFormProps) {
  const make = useMakeWebhook()
  const rotate = useRotate(webhook?.id ?? '')
  const secret = make.data?.secret ?? rotate.data?.secret
  if (secret === undefined) return <Values webhook={webhook} make={make} rotate={rotate} onClose={onClose} />
  return (
    <HandOver
      title={rotate.data ? 'The new secret' : 'The secret of this webhook'}
      about={
        rotate.data
          ? 'Copy it now: it is shown this once. For 24 hours messages are signed with the secret before, too.'
          : 'Copy it now: it is shown this once. With it the other system checks that messages are from here.'
      }
      secret={secret}
      onClose={onClose}
    />
  )
}

interface ValuesProps {
  readonly webhook: Webhook | undefined
  readonly make: ReturnType<typeof useMakeWebhook>
  readonly rotate: ReturnType<typeof useRotate>
  onClose(): void
}

function Values({ webhook, make, rotate, onClose }: ValuesProps) {
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [label, setLabel] = useState(webhook?.label ?? '')
  const [events, setEvents] = useState<string[]>(webhook?.events ?? ['message.received'])
  const [enabled, setEnabled] = useState(webhook?.enabled ?? true)
  const [isSure, setSure] = useState(false)
  const change = useChangeWebhook(webhook?.id ?? '')
  const remove = useRemoveWebhook(webhook?.id ?? '')
  const save = webhook === undefined ? make : change
  const { fields, form } = formErrors(save.error, ['url', 'label', 'events'])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const values = { url: url.trim(), label: label.trim(), events, enabled }
    if (webhook === undefined) make.mutate(values)
    else change.mutate(values, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={webhook === undefined ? 'Add a webhook' : 'Change this webhook'}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="tl-form" onSubmit={submit}>
        <TextInput
          label="Address"
          description="Messages are sent there by POST, signed as Standard Webhooks has it."
          placeholder="https://crm.example.org/textloom"
          type="url"
          required
          withAsterisk={false}
          data-autofocus
          value={url}
          error={fields.get('url')}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        />
        <TextInput
          label="Name"
          description="What it is called here; left empty, it goes by its server."
          placeholder="CRM"
          maxLength={200}
          value={label}
          error={fields.get('label')}
          onChange={({ currentTarget }) => setLabel(currentTarget.value)}
        />
        <Checkbox.Group
          label="What it is told"
          error={fields.get('events') ?? (events.length === 0 ? 'Pick something.' : undefined)}
          value={events}
          onChange={setEvents}
        >
          <div className="tl-webhook-events">
            {Object.entries(eventWords).map(([event, words]) => (
              <Checkbox key={event} value={event} label={words} description={event} />
            ))}
          </div>
        </Checkbox.Group>
        {webhook !== undefined && (
          <>
            <Switch
              label="In service"
              description={
                webhook.disabledBy === 'gone'
                  ? 'It answered 410, which says that nobody is there any more.'
                  : 'Switched off, it misses what happens meanwhile.'
              }
              checked={enabled}
              onChange={({ currentTarget }) => setEnabled(currentTarget.checked)}
            />
            <div className="tl-webhook-deeds">
              <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate(undefined)}>
                New secret
              </Button>
              <Button
                variant={isSure ? 'filled' : 'subtle'}
                color="red"
                loading={remove.isPending}
                onClick={() => (isSure ? remove.mutate(undefined, { onSuccess: onClose }) : setSure(true))}
              >
                {isSure ? 'Remove it and its deliveries' : 'Remove this webhook'}
              </Button>
            </div>
          </>
        )}
        <FormEnd
          refusal={form}
          deed={webhook === undefined ? 'Add it' : 'Save'}
          isBusy={save.isPending}
          isOff={events.length === 0}
          onClose={onClose}
        />
      </form>
    </Modal>
  )
}
