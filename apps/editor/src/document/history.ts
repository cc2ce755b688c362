import { applyPatches, type Draft, enableMapSet, enablePatches, type Patch, produceWithPatches } from 'immer'
import type { FlowState } from './flow-state.ts'

enablePatches()
enableMapSet()

/** What is said about a change: its name in the history, and what it may be one with. */
export interface ChangeInfo {
  /** What undo and redo call it, for example "Add menu". */
  readonly label: string
  /** Changes with the same key, each within a second of the one before, are one step of the history. */
  readonly coalesce?: string
}

/** One step of the history. */
export interface HistoryStep extends ChangeInfo {
  readonly patches: readonly Patch[]
  readonly inverse: readonly Patch[]
  /** Epoch milliseconds of its last change. */
  readonly at: number
}

/** A flow with everything that was done to it and undone again. */
export interface History {
  readonly flow: FlowState
  readonly past: readonly HistoryStep[]
  readonly future: readonly HistoryStep[]
}

/** How long after a change another of the same key still belongs to it. */
const coalesceWithinMs = 1_000

/** A history that has not begun. */
export function beginHistory(flow: FlowState): History {
  return { flow, past: [], future: [] }
}

/** Does something to the flow. What changes nothing leaves no trace. */
export function change(
  history: History,
  info: ChangeInfo,
  recipe: (draft: Draft<FlowState>) => void,
  now: number,
): History {
  const [flow, patches, inverse] = produceWithPatches(history.flow, (draft) => {
    recipe(draft)
  })
  if (patches.length === 0) return history
  const last = history.past.at(-1)
  const belongs =
    last !== undefined &&
    info.coalesce !== undefined &&
    info.coalesce === last.coalesce &&
    history.future.length === 0 &&
    now - last.at <= coalesceWithinMs
  const step: HistoryStep = belongs
    ? { ...last, patches: [...last.patches, ...patches], inverse: [...inverse, ...last.inverse], at: now }
    : { ...info, patches, inverse, at: now }
  return { flow, past: [...(belongs ? history.past.slice(0, -1) : history.past), step], future: [] }
}

/** Takes the last step back; the same history when there is none. */
export function undo(history: History): History {
  const step = history.past.at(-1)
  if (!step) return history
  return {
    flow: applyPatches(history.flow, [...step.inverse]),
    past: history.past.slice(0, -1),
    future: [closed(step), ...history.future],
  }
}

/** Does the step that was last taken back once more. */
export function redo(history: History): History {
  const [step, ...future] = history.future
  if (!step) return history
  return { flow: applyPatches(history.flow, [...step.patches]), past: [...history.past, step], future }
}

/** A step that nothing is joined to any more: what is typed after undo and redo is a step of its own. */
function closed({ coalesce: _, ...step }: HistoryStep): HistoryStep {
  return step
}
