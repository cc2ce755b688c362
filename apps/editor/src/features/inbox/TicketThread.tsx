import { IconNote } from '@tabler/icons-react'
import { Fragment, useEffect, useRef } from 'react'
import { MessageDeeds } from '../../shared/conversation/MessageDeeds.tsx'
import { MessageBubble } from '../../shared/conversation/message-bubble.tsx'
import { deliveryWords } from '../../shared/words/delivery.ts'
import { moOutcomeWords } from '../../shared/words/mo-outcome.ts'
import { clockTime } from '../../shared/words/moment.ts'
import { threadDays } from './model/thread-days.ts'
import { deedWords } from './model/ticket-words.ts'
import { type ThreadLine, type Ticket, useQueueName, useThread } from './use-tickets.ts'

/** What was said, noted and done, the newest at the foot and in sight. */
export function TicketThread({ ticket }: { readonly ticket: Ticket }) {
  const thread = useThread(ticket)
  const screen = useRef<HTMLElement>(null)
  const items = thread.data?.items
  const firstLater = items?.find((line) => line.kind === 'message' && line.isAfter)
  useEffect(() => {
    screen.current?.scrollTo({ top: screen.current.scrollHeight })
  }, [items?.length])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
    <section className="tl-ticket-thread" ref={screen} aria-label="Conversation" aria-live="polite" tabIndex={0}>
      {thread.isPending && <p className="tl-ticket-nothing">Loading the conversation…</p>}
      {thread.isError && !items && (
        <p className="tl-ticket-nothing" role="alert">
          {thread.error.message}
        </p>
      )}
      {thread.data?.hasMore && <p className="tl-ticket-nothing">Older texts are not shown.</p>}
      {items && (
        <ol>
          {threadDays(items).map(({ day, items: ofDay }) => (
            <Fragment key={day}>
              <li className="tl-ticket-day">{day}</li>
              {ofDay.map((line) => (
                <Fragment key={line.id}>
                  {line === firstLater && (
                    <li className="tl-ticket-later">
                      {thread.data?.skipsLater ? 'After this ticket, the last texts of many' : 'After this ticket'}
                    </li>
                  )}
                  <Line line={line} />
                </Fragment>
              ))}
            </Fragment>
          ))}
        </ol>
      )}
    </section>
  )
}

function Line({ line }: { readonly line: ThreadLine }) {
  const queueName = useQueueName()
  const atMs = Date.parse(line.at)
  const time = <time dateTime={line.at}>{clockTime(atMs)}</time>
  if (line.kind === 'event') {
    return (
      <li className="tl-ticket-deed">
        {deedWords(line, queueName)} {time}
      </li>
    )
  }
  if (line.kind === 'note') {
    return (
      <li className="tl-ticket-note">
        <header>
          <IconNote size={15} aria-hidden />
          <span>
            {line.author.isYou ? 'You' : line.author.name} noted<span className="tl-unseen">:</span>
          </span>
          {time}
        </header>
        <p>{line.text}</p>
      </li>
    )
  }
  const { message, agent } = line
  const { direction, text } = message
  if (message.direction === 'mo') {
    // That no flow was waiting is how it should be: people are.
    const note = message.outcome.startsWith('ignored:not-waiting') ? undefined : moOutcomeWords(message.outcome)
    return <MessageBubble direction={direction} isOwn={false} text={text} atMs={atMs} note={note} />
  }
  const { note: delivery, tone } = deliveryWords(message)
  const note = [agent ?? (message.source === 'flow' ? 'The flow' : undefined), delivery]
    .filter((part) => part !== undefined)
    .join(' · ')
  return (
    <MessageBubble
      direction={direction}
      isOwn
      text={text}
      atMs={atMs}
      segments={message.segments}
      note={note}
      tone={tone}
      deeds={<MessageDeeds id={message.id} status={message.status} />}
    />
  )
}
