import { Modal, MultiSelect, NumberInput, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { formErrors } from '../../shared/api/field-errors.ts'
import { FormEnd } from '../../shared/ui/FormEnd.tsx'
import { blankChannel, bodyOf, type ChannelDraft, draftOf } from './model/channel-draft.ts'
import { orderWords } from './model/link-words.ts'
import { type Channel, type Link, useSaveChannel } from './use-channels.ts'

interface ChannelFormProps {
  /** Undefined for a new one. */
  readonly channel: Channel | undefined
  readonly links: readonly Link[]
  onClose(): void
}

const shown = [
  'id',
  'address',
  'link',
  'messagesPerSecond',
  'dailyQuota',
  'country',
  'languages',
  'stopText',
  'startText',
  'helpText',
  'fallbackText',
  'validity',
]

/** Adds a channel or changes one. */
export function ChannelForm({ channel, links, onClose }: ChannelFormProps) {
  const [draft, setDraft] = useState<ChannelDraft>(() => (channel ? draftOf(channel) : fresh(links)))
  const [isMissingLink, setMissingLink] = useState(false)
  const save = useSaveChannel(channel === undefined)
  const { fields, form } = formErrors(save.error, shown)
  const put = (change: Partial<ChannelDraft>) => setDraft((before) => ({ ...before, ...change }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissingLink(draft.links.length === 0)
    if (draft.links.length === 0) return
    save.mutate(bodyOf(draft), { onSuccess: onClose })
  }
  const text = (name: 'stopText' | 'startText' | 'helpText' | 'fallbackText', label: string, description: string) => (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={1}
      value={draft[name]}
      error={fields.get(name)}
      onChange={({ currentTarget }) => put({ [name]: currentTarget.value })}
    />
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={channel ? `Change ${channel.id}` : 'Add a channel'}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form className="tl-form" onSubmit={submit}>
        <TextInput
          label="What people text"
          description="A short code, a phone number or a word."
          placeholder="1234"
          required
          withAsterisk={false}
          data-autofocus
          value={draft.address}
          error={fields.get('address')}
          onChange={({ currentTarget }) => put({ address: currentTarget.value })}
        />
        {channel === undefined && (
          <TextInput
            label="Name"
            description="What it is called here: letters, digits and hyphens. It stays."
            placeholder="main"
            required
            withAsterisk={false}
            pattern="[A-Za-z0-9_\-]{1,64}"
            value={draft.id}
            error={fields.get('id')}
            onChange={({ currentTarget }) => put({ id: currentTarget.value })}
          />
        )}
        <MultiSelect
          label="Links"
          description={
            draft.links.length > 1
              ? `Tried in this order: ${orderWords(draft.links)}.`
              : 'What it is reached by. Pick several, and the next one steps in when one fails.'
          }
          placeholder={draft.links.length === 0 ? 'Pick a link' : ''}
          data={links.map(({ id }) => id)}
          value={[...draft.links]}
          error={isMissingLink && draft.links.length === 0 ? 'Pick at least one link.' : fields.get('link')}
          onChange={(picked) => put({ links: picked })}
        />
        <div className="tl-form-pair">
          <NumberInput
            label="Segments a second"
            placeholder="No limit"
            min={0.01}
            max={10_000}
            value={draft.messagesPerSecond}
            error={fields.get('messagesPerSecond')}
            onChange={(value) => put({ messagesPerSecond: typeof value === 'number' ? value : '' })}
          />
          <NumberInput
            label="Segments a day"
            placeholder="No limit"
            min={1}
            allowDecimal={false}
            thousandSeparator=" "
            value={draft.dailyQuota}
            error={fields.get('dailyQuota')}
            onChange={(value) => put({ dailyQuota: typeof value === 'number' ? value : '' })}
          />
          <TextInput
            label="Country"
            description="Two letters; reads national numbers."
            placeholder="HU"
            maxLength={2}
            value={draft.country}
            error={fields.get('country')}
            onChange={({ currentTarget }) => put({ country: currentTarget.value.toUpperCase() })}
          />
          <TagsInput
            label="Languages"
            description="The main one first, as “hu” or “pt-BR”."
            placeholder={draft.languages.length === 0 ? 'en' : ''}
            value={[...draft.languages]}
            error={fields.get('languages')}
            onChange={(languages) => put({ languages })}
          />
        </div>
        <Switch
          label="Textloom answers STOP, START and HELP"
          description="Switched off, the flows must do it; in many countries the law wants it done."
          checked={draft.keywords}
          onChange={({ currentTarget }) => put({ keywords: currentTarget.checked })}
        />
        <details className="tl-form-more">
          <summary>Its own texts, and how long messages may wait</summary>
          <div className="tl-form">
            {text('stopText', 'Answer to STOP', 'Left empty: a usual one in the language of the channel.')}
            {text('startText', 'Answer to START', 'Sent to somebody who comes back.')}
            {text('helpText', 'Answer to HELP', 'Who you are and how to be reached.')}
            {text('fallbackText', 'When no flow wants a text', 'Left empty, nothing is answered.')}
            <NumberInput
              label="Give a message up after (hours)"
              placeholder="24"
              min={0.1}
              value={draft.validityHours}
              error={fields.get('validity')}
              onChange={(value) => put({ validityHours: typeof value === 'number' ? value : '' })}
            />
          </div>
        </details>
        <Switch
          label="In service"
          checked={draft.enabled}
          onChange={({ currentTarget }) => put({ enabled: currentTarget.checked })}
        />
        <FormEnd refusal={form} deed={channel ? 'Save' : 'Add channel'} isBusy={save.isPending} onClose={onClose} />
      </form>
    </Modal>
  )
}

/** Where there is one link only, that is the one. */
function fresh(links: readonly Link[]): ChannelDraft {
  const [only, ...others] = links
  return only !== undefined && others.length === 0 ? { ...blankChannel, links: [only.id] } : blankChannel
}
