import type { JsonObject } from '@textloom/core'
import type { AnyMachineSnapshot, AnyStateMachine, StateValue } from 'xstate'

/**
 * The snapshots of a machine by state value, without context. Making one from a state value costs more than a whole
 * transition, and in a machine of 5,000 states fifty times as much; those that transitions give are free.
 */
export class Snapshots {
  readonly #machine: AnyStateMachine
  readonly #known = new Map<string, AnyMachineSnapshot>()

  constructor(machine: AnyStateMachine) {
    this.#machine = machine
  }

  /** @throws Error when the machine does not have that state */
  of(stateValue: string | JsonObject): AnyMachineSnapshot {
    const key = keyOf(stateValue)
    const known = this.#known.get(key)
    if (known) return known
    const snapshot = this.#machine.resolveState({ value: stateValue as StateValue, context: {}, historyValue: {} })
    this.#known.set(key, snapshot)
    return snapshot
  }

  /** Keeps what a transition gave. */
  remember(snapshot: AnyMachineSnapshot): void {
    const key = keyOf(snapshot.value as string | JsonObject)
    if (!this.#known.has(key)) this.#known.set(key, { ...snapshot, context: {} })
  }
}

function keyOf(stateValue: string | JsonObject): string {
  return typeof stateValue === 'string' ? stateValue : JSON.stringify(stateValue)
}
