import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconPencil, IconPlayerPlay, IconSend } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { nodesOf } from '../../../document/flow-state.ts'
import { useFlow } from '../../../document/hooks.tsx'
import { clockText, dayText } from '../model/clock.ts'
import { entriesOf, gapsOf } from '../model/entries.ts'
import { quickReplies } from '../model/quick-replies.ts'
import { openRequestOf, restOf } from '../model/run-path.ts'
import type { SimulatorStore } from '../simulator-store.ts'
import { usePhone } from '../use-simulator.ts'
import { Bubble } from './Bubble.tsx'
import { Clock } from './Clock.tsx'
import './conversation.css'
import { KeptAnswers } from './KeptAnswers.tsx'
import { StubForm } from './StubForm.tsx'

/** The texts back and forth, as the contact sees them. */
export function Conversation({ simulator, onEditContact }: { simulator: SimulatorStore; onEditContact: () => void }) {
  const turns = usePhone(simulator, (state) => state.turns)
  const inputs = usePhone(simulator, (state) => state.inputs)
  const contact = usePhone(simulator, (state) => state.scenario.contact)
  const hasTurned = usePhone(simulator, (state) => state.hasTurned)
  const hasErrors = usePhone(simulator, (state) => state.refusal.length > 0)
  const nodes = useFlow((flow) => flow.nodes)
  const nodeOrder = useFlow((flow) => flow.nodeOrder)
  const list = useMemo(() => nodesOf({ nodes, nodeOrder }), [nodes, nodeOrder])
  const entries = useMemo(() => entriesOf(turns), [turns])
  const now = turns.at(-1)?.now ?? 0
  const startedAt = turns[0]?.now ?? 0
  const gaps = useMemo(() => gapsOf(entries, startedAt), [entries, startedAt])
  const rest = restOf(turns)
  const request = openRequestOf(turns)
  const called = usePhone(simulator, (state) => state.called)
  const asking = rest?.flow === undefined ? list : (called.find(({ id }) => id === rest.flow)?.nodes ?? [])
  const replies = hasErrors ? [] : quickReplies(asking, rest?.node)
  const hasKeyword = list.some(({ type }) => type === 'keyword')
  const canStartBare = hasKeyword && !rest && !hasErrors
  const start = () => void simulator.restart({ ...simulator.getState().scenario, start: true })
  const pending = inputs.slice(Math.max(0, turns.length - 1))
  const thread = useRef<HTMLDivElement>(null)
  const length = entries.length + pending.length
  useEffect(() => {
    thread.current?.scrollTo({ top: thread.current.scrollHeight })
  }, [entries, pending.length])

  return (
    <div className="tl-chat">
      <div className="tl-device">
        <div className="tl-device-bar">
          <time dateTime={new Date(now).toISOString()}>
            {turns.length > 0 && (
              <>
                <strong>{clockText(now)}</strong> {dayText(now)}
              </>
            )}
          </time>
          <button type="button" onClick={onEditContact}>
            <span>{contact?.name ?? contact?.phone ?? '+15550001'}</span>
            <IconPencil size={13} aria-hidden />
            <span className="tl-unseen">: change who writes</span>
          </button>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1) */}
        <div className="tl-thread" ref={thread} role="log" aria-label="Conversation" tabIndex={0}>
          {length === 0 && (
            <p className="tl-thread-empty">
              {hasKeyword
                ? 'Text a keyword below: the flow answers as it is drawn now.'
                : 'Press start: the flow begins as it is drawn now.'}
            </p>
          )}
          {entries.map((entry) => (
            <Bubble
              key={entry.key}
              entry={entry}
              gapMs={gaps.get(entry.key) ?? 0}
              onBack={(turn) => void simulator.backTo(turn)}
            />
          ))}
          {pending.map((input, index) => {
            if (!('mo' in input)) return null
            const entry = { key: `pending-${index}`, turn: 0, at: now, kind: 'mo' as const, text: input.mo }
            return <Bubble key={entry.key} entry={entry} gapMs={0} isPending />
          })}
        </div>
        {hasTurned && (
          <p className="tl-chat-turned" role="status">
            Played again with your changes.
          </p>
        )}
        {request && <StubForm key={`${request.turn} ${request.node}`} request={request} simulator={simulator} />}
        {(replies.length > 0 || canStartBare) && (
          <ul className="tl-replies" aria-label="Quick replies">
            {replies.map(({ text, label }) => (
              <li key={text}>
                <button type="button" onClick={() => void simulator.say(text)}>
                  {label === undefined ? (
                    text
                  ) : (
                    <>
                      <b>{text}</b> {label}
                    </>
                  )}
                </button>
              </li>
            ))}
            {canStartBare && (
              <li>
                <button type="button" data-bare onClick={start}>
                  Start without a text
                </button>
              </li>
            )}
          </ul>
        )}
        {!rest && !hasErrors && !hasKeyword && (
          <Button className="tl-start" size="sm" leftSection={<IconPlayerPlay size={16} />} onClick={start}>
            Start the conversation
          </Button>
        )}
        <Composer isDisabled={hasErrors} onSend={(text) => void simulator.say(text)} />
      </div>
      <KeptAnswers simulator={simulator} />
      <Clock simulator={simulator} />
    </div>
  )
}

function Composer({ isDisabled, onSend }: { isDisabled: boolean; onSend: (text: string) => void }) {
  const [text, setText] = useState('')
  return (
    <form
      className="tl-composer"
      onSubmit={(event) => {
        event.preventDefault()
        if (text === '' || isDisabled) return
        onSend(text)
        setText('')
      }}
    >
      <input
        aria-label="Text message"
        placeholder="Text message"
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Tooltip label={isDisabled ? 'Mend the flow first' : 'Send'} withArrow>
        <ActionIcon type="submit" radius="xl" size={34} aria-label="Send" disabled={text === '' || isDisabled}>
          <IconSend size={17} />
        </ActionIcon>
      </Tooltip>
    </form>
  )
}
