import { Button, Textarea } from '@mantine/core'
import {
  IconHeadset,
  IconMessage2,
  IconMessage2Up,
  IconNote,
  IconPencil,
  IconRoute,
  IconShieldCheck,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Json } from '@textloom/core'
import { type ComponentType, type FormEvent, useState } from 'react'
import { useFlowNames } from '../../shared/api/flow-names.ts'
import { MoreButton } from '../../shared/ui/MoreButton.tsx'
import { ErrorState, LoadingState } from '../../shared/ui/states.tsx'
import { clockTime } from '../../shared/words/moment.ts'
import { type Change, changeSentence, timelineDays } from './model/timeline.ts'
import { type HistoryItem, personDeeds, useHistory, usePeopleDeed } from './use-people.ts'

interface TimelineProps {
  readonly phone: string
  /** Of fields, by key. */
  readonly titles: ReadonlyMap<string, string>
  readonly mayNote: boolean
}

/** All that happened with somebody, day by day, the newest first. */
export function Timeline({ phone, titles, mayNote }: TimelineProps) {
  const history = useHistory(phone)
  const flows = useFlowNames()
  const items = history.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      {mayNote && <NoteForm phone={phone} />}
      {history.isPending && <LoadingState what="the history" />}
      {history.isError && <ErrorState error={history.error} retry={() => void history.refetch()} />}
      {history.data && items.length === 0 && <p className="tl-person-nothing">Nothing has happened yet.</p>}
      {timelineDays(items).map(({ day, items: onDay }) => (
        <section key={day} className="tl-timeline-day">
          <h3>{day}</h3>
          <ol className="tl-paper tl-timeline">
            {onDay.map((item) => (
              <Happened key={item.id} item={item} titles={titles} flowName={(id) => flows?.get(id) ?? id} />
            ))}
          </ol>
        </section>
      ))}
      <MoreButton list={history}>Earlier</MoreButton>
    </>
  )
}

type Facts = { readonly [fact: string]: Json }

const icons: { readonly [kind in HistoryItem['kind']]: ComponentType<{ size?: number }> } = {
  mo: IconMessage2,
  mt: IconMessage2Up,
  session: IconRoute,
  ticket: IconHeadset,
  change: IconPencil,
  consent: IconShieldCheck,
  note: IconNote,
}

function Happened(props: { item: HistoryItem; titles: ReadonlyMap<string, string>; flowName(id: string): string }) {
  const { item, titles, flowName } = props
  const { id, kind, at } = item
  const facts = item.data as Facts
  const Icon = icons[kind]
  return (
    <li data-kind={kind}>
      <Icon size={17} />
      <div>{told(kind, id, facts, titles, flowName)}</div>
      <time dateTime={at}>{clockTime(Date.parse(at))}</time>
    </li>
  )
}

function told(
  kind: HistoryItem['kind'],
  id: string,
  facts: Facts,
  titles: ReadonlyMap<string, string>,
  flowName: (id: string) => string,
) {
  const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : '')
  switch (kind) {
    case 'mo':
      return (
        <>
          <p className="tl-timeline-text">{text('text')}</p>
          <small>they wrote, on {text('channel')}</small>
        </>
      )
    case 'mt':
      return (
        <>
          <p className="tl-timeline-text">{text('text')}</p>
          <small>
            {senders[text('source')] ?? 'sent'}, on {text('channel')}: {text('status')}
          </small>
        </>
      )
    case 'session':
      return (
        <>
          <p>
            <Link to="/sessions/$sessionId" params={{ sessionId: id }}>
              {flowName(text('flow'))}
            </Link>{' '}
            began
          </p>
          <small>{facts.endedAt === null ? 'still running' : `ended ${text('outcome').replace('_', ' ')}`}</small>
        </>
      )
    case 'ticket':
      return (
        <>
          <p>
            <Link to="/inbox/$ticketId" params={{ ticketId: id }} search={{}}>
              A ticket
            </Link>{' '}
            in {text('queue')}
          </p>
          <small>{text('state') === 'open' ? 'open' : text('outcome')}</small>
        </>
      )
    case 'change': {
      const changes = (facts.changes ?? []) as unknown as readonly Change[]
      return (
        <>
          {changes.map((change) => (
            <p key={change.what}>{changeSentence(change, titles)}</p>
          ))}
          <small>{text('source') === 'flow' ? `by the flow ${flowName(text('by'))}` : `by ${text('by')}`}</small>
        </>
      )
    }
    case 'consent': {
      const about = text('topic') === '' ? 'messages at all' : text('topic')
      const state =
        { in: 'Agreed to', out: 'Refused', pending: 'Asked about', none: 'Taken back:' }[text('state')] ?? ''
      return (
        <>
          <p>
            {state} {about}
            {text('words') !== '' && <>: “{text('words')}”</>}
          </p>
          <small>{text('by') === '' ? consentWays[text('source')] : `recorded by ${text('by')}`}</small>
        </>
      )
    }
    case 'note':
      return (
        <>
          <p className="tl-timeline-text">{text('text')}</p>
          <small>note of {text('by')}</small>
        </>
      )
  }
}

const senders: { readonly [source: string]: string } = {
  flow: 'a flow wrote',
  agent: 'an agent wrote',
  api: 'sent by the API',
  campaign: 'sent by a campaign',
  keyword: 'answered by itself',
  notify: 'a notice',
}

const consentWays: { readonly [source: string]: string } = {
  keyword: 'by text',
  flow: 'in a flow',
  erased: 'known from before they were erased',
}

function NoteForm({ phone }: { readonly phone: string }) {
  const [text, setText] = useState('')
  const write = usePeopleDeed(() => personDeeds.note(phone, text.trim()))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    write.mutate(undefined, { onSuccess: () => setText('') })
  }
  return (
    <form className="tl-note-form" onSubmit={submit}>
      <Textarea
        aria-label="Note"
        placeholder="Write a note. They never see it."
        autosize
        minRows={1}
        maxLength={5_000}
        value={text}
        error={write.error?.message}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={write.isPending} disabled={text.trim() === ''}>
        Add note
      </Button>
    </form>
  )
}
