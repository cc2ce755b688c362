import { Tooltip } from '@mantine/core'
import {
  IconAlertCircle,
  IconCheck,
  IconCloudOff,
  IconLoader2,
  IconLock,
  IconPencil,
  type TablerIcon,
} from '@tabler/icons-react'
import { useStore } from 'zustand'
import type { Autosave, SaveState } from '../../document/saving/autosave.ts'
import '../../shared/ui/unseen.css'
import type { Lock } from './use-open-flow.ts'

interface Badge {
  readonly words: string
  readonly more: string
  readonly tone: 'quiet' | 'bad' | 'warn'
  readonly icon: TablerIcon
}

/** Whether the runtime has what is on the canvas. */
export function SaveBadge({ saving }: { saving: Autosave }) {
  const state = useStore(saving.state)
  const { words, more, tone, icon: Icon } = badgeOf(state)
  return (
    <Tooltip label={more} multiline maw={280}>
      <span className="tl-save" data-tone={tone} data-state={state.kind} role="status">
        <Icon size={15} aria-hidden />
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
      return quiet('Saved', savedWhen(state.at), IconCheck)
    case 'unsaved':
      return quiet('Unsaved', 'Saved in a moment.', IconPencil)
    case 'saving':
      return quiet('Saving', 'On its way.', IconLoader2)
    case 'offline':
      return warn('Offline', `Textloom does not answer. ${keptHere} as soon as it does.`, IconCloudOff)
    case 'signed-out':
      return warn('Signed out', `${keptHere} when you have signed in again.`, IconLock)
    case 'refused':
      return bad('Not saved', `${state.message} Your changes are kept in this browser until this is mended.`)
    case 'conflict':
      return bad('Changed elsewhere', 'Somebody else has saved this flow since.')
  }
}

const keptHere = 'Your changes are kept in this browser and saved'

function savedWhen(at: number | undefined): string {
  return at === undefined ? 'Nothing has changed.' : `Saved at ${new Date(at).toLocaleTimeString()}.`
}

function quiet(words: string, more: string, icon: TablerIcon): Badge {
  return { words, more, tone: 'quiet', icon }
}

function warn(words: string, more: string, icon: TablerIcon): Badge {
  return { words, more, tone: 'warn', icon }
}

function bad(words: string, more: string): Badge {
  return { words, more, tone: 'bad', icon: IconAlertCircle }
}
