import type { Json, JsonObject } from '../json.ts'

/** An XState snapshot as plain data: nothing of it lives in memory between two steps. */
export interface StoredSnapshot {
  readonly status: 'active' | 'done'
  readonly value: string | JsonObject
  readonly context: StoredContext
  readonly historyValue: JsonObject
}

/** What a flow remembers about one conversation. `contact` and `channel` are handed in at each step and not stored. */
export interface StoredContext {
  readonly vars: { readonly [name: string]: Json }
  readonly params: { readonly [name: string]: Json }
  readonly results: { readonly [name: string]: RecordedResult }
  /** The last text the contact wrote. */
  readonly reply: { readonly text: string }
  /** A node's own memory (retries used, …) by node id. */
  readonly memory: { readonly [node: string]: JsonObject }
}

/** An answer as flows see it under `results.*`. */
export interface RecordedResult {
  readonly value: Json
  readonly category?: string
}

/** One flow of the session's stack; the last frame is the one that runs. */
export interface Frame {
  /** The published revision this frame is pinned to. */
  readonly revision: string
  readonly snapshot: StoredSnapshot
}

/** A running session as it is stored between two steps. A session that ended is stored as null. */
export interface StoredSession {
  readonly frames: readonly Frame[]
  /** Epoch milliseconds. */
  readonly startedAt: number
  /** The last MO, or the last timed wait that ended: what the session's expiry counts from. */
  readonly lastActivityAt: number
}

/** A timer as data: XState reuses an id when a state is entered again, so all three fields name it. */
export interface StoredTimer {
  readonly id: string
  readonly setAtRev: number
  /** Epoch milliseconds. */
  readonly dueAt: number
}
