import type {
  FlowDocument,
  Issue,
  JsonObject,
  PathStep,
  SimulatedContact,
  SimulateInput,
  StoredContext,
} from '@textloom/core'
import { expiryTimerId, type SimulateOutput, Simulator } from '@textloom/engine'
import { registry } from '@textloom/nodes'
import { findProblems } from './find-problems.ts'
import { playable } from './playable.ts'

/** Who writes, when, and what the conversation is started with. */
export interface Scenario {
  readonly contact?: SimulatedContact
  /** Epoch milliseconds; that of the engine when absent. */
  readonly now?: number
  readonly seed?: number
  readonly params?: JsonObject
  /** Begin without a text; as the flow has it when absent. */
  readonly start?: boolean
}

/** What came of a turn; `flow` is the called flow that it came of, where it is not the one on the canvas. */
export type PlayedOutput = SimulateOutput & { readonly flow?: string }

/** One input with everything that came of it; the first turn has none. */
export interface PlayedTurn {
  readonly input?: SimulateInput
  readonly outputs: readonly PlayedOutput[]
  readonly path: readonly PathStep[]
  /** Epoch milliseconds after the turn. */
  readonly now: number
  /** What the flow knows after the turn, or knew when the conversation ended; null before the first one. */
  readonly memory: StoredContext | null
}

/** What time is about to do. */
export interface NextDue {
  /** Epoch milliseconds. */
  readonly at: number
  /** The conversation ends then because nobody replied; otherwise a step goes on. */
  readonly isExpiry: boolean
}

/** A conversation from its beginning. */
export type Played =
  | {
      readonly kind: 'played'
      readonly turns: readonly PlayedTurn[]
      /** When time next does something by itself; null when it does not. */
      readonly nextDue: NextDue | null
    }
  /** The flow cannot be played as it stands: its errors. */
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] }

/**
 * Plays a conversation from its beginning: the same flow, scenario and inputs always come to the same, so going back a
 * step or changing the flow in the middle is playing again. `called` are the flows that its calls lead to.
 */
export function playConversation(
  document: FlowDocument,
  scenario: Scenario,
  inputs: readonly SimulateInput[],
  called: readonly FlowDocument[] = [],
): Played {
  const issues = findProblems(document).filter(({ severity }) => severity === 'error')
  if (issues.length > 0) return { kind: 'refused', issues }
  const simulator = new Simulator({ flow: document, registry, otherFlows: playable(called), ...scenario })
  const open: string[] = []
  const turn = (outputs: readonly SimulateOutput[], input?: SimulateInput): PlayedTurn => ({
    ...(input && { input }),
    outputs: outputs.map((output) => placed(output, open)),
    path: simulator.path,
    now: simulator.now,
    memory: simulator.memory,
  })
  const turns = [turn(simulator.begin()), ...inputs.map((input) => turn(simulator.input(input), input))]
  const [next] = simulator.timers.toSorted((one, other) => one.dueAt - other.dueAt)
  return { kind: 'played', turns, nextDue: next ? { at: next.dueAt, isExpiry: next.id === expiryTimerId } : null }
}

/** Says of which called flow an output came, and keeps account of those that are open. */
function placed(output: SimulateOutput, open: string[]): PlayedOutput {
  if (output.type === 'end') open.length = 0
  if (output.type === 'flow') {
    if ('entered' in output) open.push(output.entered)
    // A call that failed at once leaves what it never entered.
    else if (open.at(-1) === output.left) open.pop()
    return output
  }
  const flow = open.at(-1)
  return flow === undefined ? output : { ...output, flow }
}
