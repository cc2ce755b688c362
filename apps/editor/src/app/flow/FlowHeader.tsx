import { Button, Tooltip } from '@mantine/core'
import {
  IconAdjustmentsHorizontal,
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronLeft,
  IconCircleCheck,
  IconDeviceMobile,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, Suspense } from 'react'
import { useFlow, useFlowEditor, useHistory, useProblems } from '../../document/hooks.tsx'
import type { Autosave } from '../../document/saving/autosave.ts'
import { KeyCaps } from '../../shared/ui/key-caps.tsx'
import type { EditorWorker } from '../../worker/start-worker.ts'
import { FlowViews } from './FlowViews.tsx'
import type { FlowView } from './flow-view.ts'
import { LockBadge, SaveBadge } from './SaveBadge.tsx'
import { slots } from './slots.tsx'
import type { Lock } from './use-open-flow.ts'

interface FlowHeaderProps {
  readonly saving: Autosave
  readonly worker: EditorWorker
  /** Why it can only be looked at; undefined where it can be changed. */
  readonly lock: Lock | undefined
  readonly view: FlowView
  readonly shows: { readonly problems: boolean; readonly phone: boolean; readonly settings: boolean }
  onShow(part: 'problems' | 'phone' | 'settings'): void
}

/** Name, state and the big deeds of the open flow. */
export function FlowHeader({ saving, worker, lock, view, shows, onShow }: FlowHeaderProps) {
  const { Inspector, Phone, Publish } = slots
  return (
    <header className="tl-flow-header">
      <Link to="/flows" className="tl-flow-back" aria-label="All flows">
        <IconChevronLeft size={20} aria-hidden />
      </Link>
      <FlowName />
      {lock === undefined ? <SaveBadge saving={saving} /> : <LockBadge lock={lock} />}
      <span className="tl-flow-space" />
      <FlowViews view={view} />
      {lock === undefined && <UndoButtons />}
      <ProblemsButton isOpen={shows.problems} onClick={() => onShow('problems')} />
      {Inspector && (
        <Tooltip label="Settings of this flow: language, variables, parameters">
          <button
            type="button"
            className="tl-flow-deed"
            aria-label="Settings of this flow"
            aria-pressed={shows.settings}
            onClick={() => onShow('settings')}
          >
            <IconAdjustmentsHorizontal size={19} stroke={1.7} aria-hidden />
          </button>
        </Tooltip>
      )}
      {Phone && (
        <Button
          variant={shows.phone ? 'light' : 'default'}
          leftSection={<IconDeviceMobile size={17} aria-hidden />}
          aria-pressed={shows.phone}
          onClick={() => onShow('phone')}
        >
          Try it
        </Button>
      )}
      {Publish && lock === undefined && (
        <Suspense fallback={<Button disabled>Publish</Button>}>
          <Publish saving={saving} worker={worker} onClose={() => undefined} />
        </Suspense>
      )}
    </header>
  )
}

function FlowName() {
  const { commands, isReadOnly } = useFlowEditor()
  const name = useFlow((flow) => flow.name)
  return (
    <>
      <h1 className="tl-unseen">{name}</h1>
      <input
        className="tl-flow-name"
        aria-label="Name of the flow"
        key={name}
        defaultValue={name}
        readOnly={isReadOnly}
        maxLength={200}
        size={Math.min(Math.max(name.length, 8), 40)}
        onBlur={({ currentTarget }) => {
          commands.rename(currentTarget.value)
          if (currentTarget.value.trim() === '') currentTarget.value = name
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Escape') currentTarget.value = name
          if (key === 'Enter' || key === 'Escape') currentTarget.blur()
        }}
      />
    </>
  )
}

function UndoButtons() {
  const { document } = useFlowEditor()
  const last = useHistory(({ past }) => past.at(-1)?.label)
  const next = useHistory(({ future }) => future[0]?.label)
  return (
    <div className="tl-flow-undo">
      <IconDeed name="Undo" what={last} keys="mod+z" onClick={() => document.undo()}>
        <IconArrowBackUp size={19} stroke={1.8} aria-hidden />
      </IconDeed>
      <IconDeed name="Redo" what={next} keys="mod+shift+z" onClick={() => document.redo()}>
        <IconArrowForwardUp size={19} stroke={1.8} aria-hidden />
      </IconDeed>
    </div>
  )
}

interface IconDeedProps {
  readonly name: string
  /** What it would be done to; undefined while there is nothing. */
  readonly what: string | undefined
  readonly keys: string
  readonly children: ReactNode
  onClick(): void
}

function IconDeed({ name, what, keys, children, onClick }: IconDeedProps) {
  const label = what === undefined ? `Nothing to ${name.toLowerCase()}` : `${name}: ${what}`
  return (
    <Tooltip
      label={
        <span className="tl-hint">
          {label} {what !== undefined && <KeyCaps keys={keys} />}
        </span>
      }
    >
      <button
        type="button"
        className="tl-flow-deed"
        aria-label={label}
        aria-disabled={what === undefined}
        onClick={onClick}
      >
        {children}
      </button>
    </Tooltip>
  )
}

function ProblemsButton({ isOpen, onClick }: { isOpen: boolean; onClick(): void }) {
  const problems = useProblems()
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const tone = errors > 0 ? 'bad' : problems.length > 0 ? 'warn' : 'good'
  const says = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return (
    <button
      type="button"
      className="tl-flow-problems"
      data-tone={tone}
      aria-expanded={isOpen}
      aria-label={problems.length === 0 ? 'No problems' : says}
      onClick={onClick}
    >
      {problems.length === 0 ? <IconCircleCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
      <span>{problems.length === 0 ? 'No problems' : says}</span>
    </button>
  )
}
