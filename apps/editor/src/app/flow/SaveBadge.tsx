import { Tooltip } from '@mantine/core'
import { IconAlertCircle, IconCheck, IconCloudOff, IconLoader2, IconLock, IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Autosave, SaveState } from '../../document/saving/autosave.ts'
import '../../shared/ui/unseen.css'
import type { Lock } from './use-open-flow.ts'

interface Badge {
  readonly words: string
  readonly more: string
  readonly tone: 'quiet' | 'bad' | 'warn'
  readonly icon: ReactNode
}

/** Whether the runtime has what is on the canvas. */
export function SaveBadge({ saving }: { saving: Autosave }) {
  const state = useStore(saving.state)
  const { words, more, tone, icon } = badgeOf(state)
  return (
    <Tooltip label={more} multiline maw={280}>
      <span className="tl-save" data-tone={tone} data-state={state.kind} role="status">
        {icon}
        <span>{words}</span>
      </span>
    </Tooltip>
  )
}

const lockWords: { readonly [lock in Lock]: string } = {
  role: 'Your role looks at flows and changes none. You can try this one on the phone.',
  declared: 'The configuration file of this instance declares this flow: change it there, or work on a duplicate.',
}

/** Says that the flow can only be looked at, and why. */
export function LockBadge({ lock }: { lock: Lock }) {
  return (
    <Tooltip label={lockWords[lock]} multiline maw={280}>
      <span className="tl-save" data-tone="quiet" data-state="read-only">
        <IconLock size={15} aria-hidden />
        <span>Read only</span>
        <span className="tl-unseen">{lockWords[lock]}</span>
      </span>
    </Tooltip>
  )
}

function badgeOf(state: SaveState): Badge {
  switch (state.kind) {
    case 'saved':
      return {
        words: 'Saved',
        more: state.at === undefined ? 'Nothing has changed.' : `Saved at ${new Date(state.at).toLocaleTimeString()}.`,
        tone: 'quiet',
        icon: <IconCheck size={15} aria-hidden />,
      }
    case 'unsaved':
      return {
        words: 'Unsaved',
        more: 'Saved in a moment.',
        tone: 'quiet',
        icon: <IconPencil size={15} aria-hidden />,
      }
    case 'saving':
      return { words: 'Saving', more: 'On its way.', tone: 'quiet', icon: <IconLoader2 size={15} aria-hidden /> }
    case 'offline':
      return {
        words: 'Offline',
        more: 'Textloom does not answer. Your changes are kept in this browser and saved as soon as it does.',
        tone: 'warn',
        icon: <IconCloudOff size={15} aria-hidden />,
      }
    case 'signed-out':
      return {
        words: 'Signed out',
        more: 'Your changes are kept in this browser and saved when you have signed in again.',
        tone: 'warn',
        icon: <IconLock size={15} aria-hidden />,
      }
    case 'refused':
      return {
        words: 'Not saved',
        more: `${state.message} Your changes are kept in this browser until this is mended.`,
        tone: 'bad',
        icon: <IconAlertCircle size={15} aria-hidden />,
      }
    case 'conflict':
      return {
        words: 'Changed elsewhere',
        more: 'Somebody else has saved this flow since.',
        tone: 'bad',
        icon: <IconAlertCircle size={15} aria-hidden />,
      }
  }
}
