import type { CompileContext, GuardRef, Handle, NodeIssue, StateFragment } from '@textloom/core'
import { nodeIssue } from './issue-codes.ts'

/** A name that is an exit of its own, for whom it fits. */
export interface Pick {
  readonly id: string
  readonly name: string
}

/** The exits of a split: one for each, and one for all others. */
export function pickHandles(picks: readonly Pick[]): readonly Handle[] {
  return [...picks.map(({ id, name }) => ({ id, label: name })), { id: 'other', label: 'Otherwise' }]
}

/** A state that is left by the first that fits, else by `other`. */
export function pickState<Each extends { readonly id: string }>(
  picks: readonly Each[],
  fits: (pick: Each) => GuardRef,
  { exit }: CompileContext,
): StateFragment {
  return { always: [...picks.map((pick) => exit(pick.id, { guard: fits(pick) })), exit('other')] }
}

/** What can be wrong with names: none, blank, or one that a name above has taken already. */
export function pickIssues(
  picks: readonly Pick[],
  { path, key, takes }: { path: string; key: string; takes: (first: string, second: string) => boolean },
): readonly NodeIssue[] {
  if (picks.length === 0) {
    return [nodeIssue('picks/none', path, 'Nothing is split here: add an entry or take the node out.')]
  }
  return picks.flatMap(({ name }, index) => {
    const at = `${path}[${index}].${key}`
    if (name.trim() === '') return [nodeIssue('picks/blank', at, 'This entry is blank: fill it in or remove it.')]
    const taken = picks.slice(0, index).find((above) => takes(above.name, name))
    return taken
      ? [nodeIssue('picks/never', at, `Nobody gets here: "${taken.name}" above takes all whom "${name}" fits.`)]
      : []
  })
}

/** What the card of a split by names says. */
export function picksInWords(picks: readonly Pick[], none: string): string {
  return picks.map(({ name }) => name).join('\n') || none
}
