import type { CompileContext, ContactChange, GuardRef, StateFragment } from '@textloom/core'

/** One change of the contact among others. */
export interface GuardedChange {
  readonly change: ContactChange
  /** The change is made only if this holds when its turn comes. */
  readonly fits?: GuardRef
}

/**
 * A state that makes one change after the other and leaves by `next`. Each change that has a guard is a state of its own,
 * so that the guard sees what the changes before it have made, and can pass this one over.
 */
export function changingState(
  changes: readonly GuardedChange[],
  { changeContact, exit }: CompileContext,
): StateFragment {
  if (changes.every(({ fits }) => fits === undefined)) {
    return { entry: changes.flatMap(({ change }) => changeContact(change)), always: [exit('next')] }
  }
  const states = changes.map(({ change, fits }, index): [string, StateFragment] => {
    const target = `change-${index + 2}`
    const made = { target, ...(fits ? { guard: fits } : {}), actions: changeContact(change) }
    return [`change-${index + 1}`, { always: fits ? [made, { target }] : [made] }]
  })
  const last: [string, StateFragment] = [`change-${changes.length + 1}`, { always: [exit('next')] }]
  return { initial: 'change-1', states: Object.fromEntries([...states, last]) }
}
