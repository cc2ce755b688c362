import type { JsonObject } from '../json.ts'

/** A named action with its parameters, as XState's JSON config writes it. */
export interface ActionRef {
  readonly type: string
  readonly params?: JsonObject
}

/** A named guard with its parameters. */
export interface GuardRef {
  readonly type: string
  readonly params?: JsonObject
}

/** One way out of a state. Without `target` the state stays as it is and only the actions happen. */
export interface TransitionFragment {
  readonly target?: string
  readonly guard?: GuardRef
  readonly actions?: readonly ActionRef[]
  /** Leave and enter again, so that timers start anew. */
  readonly reenter?: boolean
}

/**
 * What a node becomes in the machine: the subset of XState's state config that is plain JSON. Names of guards and
 * updates are made by the compile context, so that they resolve to the node type's own functions.
 */
export interface StateFragment {
  readonly type?: 'final'
  readonly initial?: string
  readonly states?: { readonly [name: string]: StateFragment }
  readonly entry?: readonly ActionRef[]
  readonly exit?: readonly ActionRef[]
  readonly always?: readonly TransitionFragment[]
  readonly on?: { readonly [event: string]: readonly TransitionFragment[] }
  /** Keys are milliseconds as decimal text. */
  readonly after?: { readonly [delayMs: string]: readonly TransitionFragment[] }
}
