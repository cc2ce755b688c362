import { ActionIcon, Tooltip } from '@mantine/core'
import { IconMessages, IconSend, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Fragment, useEffect, useMemo, useRef, useState } from 'react'
import { MessageBubble } from '../../shared/conversation/message-bubble.tsx'
import '../../shared/ui/unseen.css'
import { clockTime, dayName } from '../../shared/words/moment.ts'
import { HandsetNumber } from './HandsetNumber.tsx'
import { handsetLines, lastSession } from './model/handset-lines.ts'
import { useTexting, useTexts } from './use-line.ts'

interface HandsetProps {
  readonly phone: string
  readonly channel: string
  readonly address: string
  readonly keywords: readonly string[]
  readonly canRemove: boolean
  onRemove(): void
  /** @returns why not, or undefined */
  onRenumber(written: string): string | undefined
}

/** One phone: what it wrote and got on the channel, and a line to write in. */
export function Handset({ phone, channel, address, keywords, canRemove, onRemove, onRenumber }: HandsetProps) {
  const texts = useTexts(phone)
  const texting = useTexting(channel, phone)
  const items = texts.data?.items
  const lines = useMemo(() => handsetLines(items ?? [], channel), [items, channel])
  const session = lastSession(items ?? [], channel)
  const screen = useRef<HTMLOListElement>(null)
  const sending = texting.isPending ? texting.variables : undefined
  const length = lines.length + (sending === undefined ? 0 : 1)
  useEffect(() => {
    screen.current?.scrollTo({ top: screen.current.scrollHeight })
  }, [length])

  return (
    <li className="tl-handset" aria-label={`Phone ${phone}`}>
      <header className="tl-handset-bar">
        <HandsetNumber key={phone} phone={phone} onRenumber={onRenumber} />
        {session !== undefined && (
          <Tooltip label="Show the conversation" withArrow>
            <Link
              to="/sessions/$sessionId"
              params={{ sessionId: session }}
              className="tl-handset-tool"
              aria-label={`Show the conversation of ${phone}`}
            >
              <IconMessages size={17} aria-hidden />
            </Link>
          </Tooltip>
        )}
        {canRemove && (
          <button type="button" className="tl-handset-tool" aria-label={`Put ${phone} away`} onClick={onRemove}>
            <IconX size={16} aria-hidden />
          </button>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <ol className="tl-handset-screen" ref={screen} aria-label={`Texts of ${phone}`} aria-live="polite" tabIndex={0}>
        {length === 0 && (
          <li className="tl-handset-empty">
            {texts.isError ? texts.error.message : texts.isPending ? 'Looking for texts…' : `Text ${address} to begin.`}
          </li>
        )}
        {lines.map(({ id, direction, text, atMs, segments, note, tone, isAfterPause }) => (
          <Fragment key={id}>
            {isAfterPause && (
              <li className="tl-handset-pause">
                {dayName(atMs)}, {clockTime(atMs)}
              </li>
            )}
            <MessageBubble
              direction={direction}
              isOwn={direction === 'mo'}
              text={text}
              atMs={atMs}
              note={note}
              tone={tone}
              {...(segments !== undefined && { segments })}
            />
          </Fragment>
        ))}
        {sending !== undefined && (
          <MessageBubble direction="mo" isOwn text={sending} atMs={texting.submittedAt} isPending />
        )}
      </ol>
      {texting.isError && (
        <p className="tl-handset-refused" role="alert">
          {texting.error.message}
        </p>
      )}
      {lines.length === 0 && keywords.length > 0 && (
        <ul className="tl-handset-keywords" aria-label="Keywords of this channel">
          {keywords.map((keyword) => (
            <li key={keyword}>
              <button type="button" onClick={() => texting.mutate(keyword)}>
                {keyword}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Composer phone={phone} onSend={(text) => texting.mutate(text)} />
    </li>
  )
}

function Composer({ phone, onSend }: { readonly phone: string; onSend(text: string): void }) {
  const [text, setText] = useState('')
  return (
    <form
      className="tl-handset-composer"
      onSubmit={(event) => {
        event.preventDefault()
        if (text === '') return
        onSend(text)
        setText('')
      }}
    >
      <input
        aria-label={`Text message from ${phone}`}
        placeholder="Text message"
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <ActionIcon type="submit" radius="xl" size={36} aria-label={`Send from ${phone}`} disabled={text === ''}>
        <IconSend size={17} />
      </ActionIcon>
    </form>
  )
}
