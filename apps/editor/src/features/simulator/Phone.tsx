import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconChevronsRight,
  IconDeviceMobile,
  IconFocusCentered,
  IconPictureInPicture,
  IconRefresh,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useFlowEditor, useRun } from '../../document/hooks.tsx'
import type { EditorWorker } from '../../worker/start-worker.ts'
import { ContactSheet } from './contact/ContactSheet.tsx'
import { Conversation } from './conversation/Conversation.tsx'
import { Log } from './Log.tsx'
import './phone.css'
import '../../shared/ui/unseen.css'
import { Refusal } from './Refusal.tsx'
import { Tests } from './tests/Tests.tsx'
import { useFloating } from './use-floating.ts'
import { usePhone, useSimulator } from './use-simulator.ts'
import { Values } from './Values.tsx'

const tabs = [
  { id: 'conversation', label: 'Chat' },
  { id: 'values', label: 'Values' },
  { id: 'log', label: 'Log' },
  { id: 'tests', label: 'Tests' },
] as const

/** A phone that texts the flow as it is drawn now, by the same engine that plays it for real. */
export function Phone({ worker, onClose }: { readonly worker: EditorWorker; readonly onClose: () => void }) {
  const { run } = useFlowEditor()
  const simulator = useSimulator(worker)
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('conversation')
  const [isEditing, setEditing] = useState(false)
  const floating = useFloating()
  const follow = useRun((state) => state.follow)
  const failure = usePhone(simulator, (state) => state.failure)
  return (
    <section
      className="tl-phone"
      aria-label="Phone that tries the flow"
      data-detached={floating.isDetached || undefined}
      style={floating.style}
      ref={floating.panel}
    >
      <header className="tl-phone-head" {...floating.handle}>
        <IconDeviceMobile size={18} stroke={1.7} aria-hidden />
        <h2>Phone</h2>
        <Tooltip label={follow ? 'The canvas follows the conversation' : 'The canvas stays where it is'} withArrow>
          <ActionIcon
            variant={follow ? 'light' : 'subtle'}
            color={follow ? 'dye' : 'gray'}
            aria-pressed={follow}
            aria-label="Let the canvas follow the conversation"
            onClick={() => run.setFollow(!follow)}
          >
            <IconFocusCentered size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Start over" withArrow>
          <ActionIcon variant="subtle" color="gray" aria-label="Start over" onClick={() => void simulator.restart()}>
            <IconRefresh size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={floating.isDetached ? 'Put back beside the canvas' : 'Detach: move it anywhere'} withArrow>
          <ActionIcon
            variant="subtle"
            color="gray"
            className="tl-phone-detach"
            aria-pressed={floating.isDetached}
            aria-label="Detach the phone"
            onClick={floating.toggle}
          >
            <IconPictureInPicture size={17} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Hide the phone" withArrow>
          <ActionIcon variant="subtle" color="gray" aria-label="Hide the phone" onClick={onClose}>
            <IconChevronsRight size={17} />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className="tl-phone-tabs" role="tablist" aria-label="Phone">
        {tabs.map(({ id, label }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`phone-tab-${id}`}
            aria-selected={tab === id}
            aria-controls="phone-panel"
            tabIndex={tab === id ? 0 : -1}
            onClick={() => setTab(id)}
            onKeyDown={(event) => {
              const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
              const next = tabs[(index + by + tabs.length) % tabs.length]
              if (by === 0 || !next) return
              event.preventDefault()
              setTab(next.id)
              document.getElementById(`phone-tab-${next.id}`)?.focus()
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <div className="tl-phone-panel" id="phone-panel" role="tabpanel" aria-labelledby={`phone-tab-${tab}`}>
        <Refusal simulator={simulator} />
        {failure !== undefined && (
          <p className="tl-phone-banner" data-tone="bad" role="alert">
            The phone stopped: {failure} Start over; if that does not help, reload the page.
          </p>
        )}
        {tab === 'conversation' && isEditing && <ContactSheet simulator={simulator} onDone={() => setEditing(false)} />}
        {tab === 'conversation' && !isEditing && (
          <Conversation simulator={simulator} onEditContact={() => setEditing(true)} />
        )}
        {tab === 'values' && <Values simulator={simulator} />}
        {tab === 'log' && <Log simulator={simulator} />}
        {tab === 'tests' && <Tests simulator={simulator} onPlayed={() => setTab('conversation')} />}
      </div>
    </section>
  )
}
