import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { countSegments } from '@textloom/sms'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { onMac } from '../../shared/actions/keys.ts'
import { draftOf, keepDraft } from './drafts.ts'
import { refusalWords } from './model/refusal-words.ts'
import { type Ticket, type TicketDeed, useTicketDeed } from './use-tickets.ts'

type Mode = 'reply' | 'note'

/** Where an agent writes: to the contact, or to colleagues. What is not sent yet stays when one looks elsewhere. */
export function ReplyBox({ ticket }: { readonly ticket: Ticket }) {
  const { id, assignee } = ticket
  const mayReply = assignee === null || assignee.isYou
  const [chosen, setMode] = useState<Mode>('reply')
  const mode = mayReply ? chosen : 'note'
  const [text, setText] = useState(() => draftOf(id))
  const deed = useTicketDeed(id)
  const key = useRef(newKey())
  useEffect(() => keepDraft(id, text), [id, text])

  const send = () => {
    if (text.trim() === '' || deed.isPending) return
    const what: TicketDeed = mode === 'reply' ? { do: 'reply', text, key: key.current } : { do: 'note', text }
    deed.mutate(what, {
      onSuccess: () => {
        key.current = newKey()
        setText('')
      },
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <form
      className="tl-ticket-box"
      data-mode={mode}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className="tl-ticket-box-head">
        <SegmentedControl
          size="xs"
          aria-label="What to write"
          value={mode}
          onChange={(value) => setMode(value as Mode)}
          data={[
            { value: 'reply', label: 'Reply', disabled: !mayReply },
            { value: 'note', label: 'Note' },
          ]}
        />
        <span>{hint(mode, ticket)}</span>
      </div>
      <Textarea
        aria-label={mode === 'reply' ? 'Reply to the contact' : 'Note for colleagues'}
        placeholder={mode === 'reply' ? 'Text message' : 'Only your colleagues see this'}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={10_000}
        value={text}
        onChange={({ currentTarget }) => {
          // Another text is another reply: only a repetition has the same key.
          key.current = newKey()
          setText(currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      {deed.isError && (
        <p className="tl-form-error" role="alert">
          {refusalWords(deed.error)}
        </p>
      )}
      <div className="tl-ticket-box-foot">
        <span>{mode === 'reply' && text !== '' && costWords(text)}</span>
        <Button type="submit" loading={deed.isPending} disabled={text.trim() === ''} title={sendKeys}>
          {mode === 'reply' ? 'Send' : 'Add note'}
        </Button>
      </div>
    </form>
  )
}

const sendKeys = onMac ? '⌘ Enter' : 'Ctrl Enter'

function hint(mode: Mode, { assignee }: Ticket): string {
  if (assignee !== null && !assignee.isYou) return `${assignee.name} answers this one.`
  if (mode === 'note') return 'The contact never sees it.'
  return assignee === null ? 'Replying claims the ticket.' : ''
}

function costWords(text: string): string {
  const { segments, encoding } = countSegments(text)
  return `${segments === 1 ? '1 segment' : `${segments} segments`}${encoding === 'ucs2' ? ', Unicode' : ''}`
}

/** `crypto.randomUUID` is for secure pages only; an instance on the local network is none. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((octet) => octet.toString(16).padStart(2, '0')).join('')
}
