import { IconPlus } from '@tabler/icons-react'
import type { Handle as ExitHandle } from '@textloom/core'
import { Handle, Position } from '@xyflow/react'
import type { KeyboardEvent, MouseEvent } from 'react'
import { useFlowEditor, useRun } from '../../../document/hooks.tsx'
import { exitKey } from '../../../document/run-store.ts'
import { useCanvas } from '../canvas-store.ts'
import './exits.css'

interface ExitProps {
  readonly node: string
  readonly exit: ExitHandle
  readonly isOpen: boolean
  readonly isOnly: boolean
  /** Whether Tab comes here: for the exits of the selected card only. */
  readonly isReachable: boolean
}

/** A way out of a step: its label, and a thread to pull, or a "+" while it leads nowhere. */
export function Exit({ node, exit, isOpen, isOnly, isReachable }: ExitProps) {
  const { store, readOnly } = useCanvas()
  const { view } = useFlowEditor()
  const isTaken = useRun(({ taken }) => taken.has(exitKey(node, exit.id)))
  const source = { source: node, sourceHandle: exit.id }
  const openMenu = (kind: 'add' | 'connect', element: Element) => {
    const { left, bottom } = element.getBoundingClientRect()
    const at = { x: left, y: bottom + 6 }
    store.setState({ menu: kind === 'add' ? { kind, at, after: source } : { kind, at, exit: source } })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || readOnly) return
    event.preventDefault()
    event.stopPropagation()
    openMenu(event.ctrlKey || event.metaKey || !isOpen ? 'connect' : 'add', event.currentTarget)
  }
  const onAdd = (event: MouseEvent) => {
    if (readOnly || !isOpen) return
    event.stopPropagation()
    openMenu('add', event.currentTarget)
  }
  return (
    <li
      className="tl-exit"
      data-open={isOpen || undefined}
      data-optional={exit.optional || undefined}
      data-taken={isTaken || undefined}
    >
      <button
        type="button"
        className="tl-exit-label"
        data-exit={exit.id}
        tabIndex={isReachable && !readOnly ? 0 : -1}
        aria-label={exitName(exit, isOpen)}
        onKeyDown={onKeyDown}
        onFocus={() => view.setState({ exit: source })}
      >
        {exit.label}
      </button>
      <Handle
        type="source"
        id={exit.id}
        position={isOnly ? Position.Bottom : Position.Right}
        className="tl-pull"
        isConnectableEnd={false}
        onClick={onAdd}
        aria-hidden
        title={isOpen && !readOnly ? 'Click to add a step, drag to connect' : undefined}
      >
        {isOpen && !readOnly && <IconPlus size={13} stroke={2.4} />}
      </Handle>
    </li>
  )
}

function exitName({ label, optional }: ExitHandle, isOpen: boolean): string {
  if (!isOpen) return `Exit ${label}, connected. Enter to lead it elsewhere.`
  return `Exit ${label}, ${optional ? 'may stay open' : 'open'}. Enter to add a step, Ctrl Enter to connect.`
}
