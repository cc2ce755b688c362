import type { FlowDocument, NodeRegistry, StoredSession, StoredSnapshot, StoredTimer, WaitKind } from '@textloom/core'

/** Where a stored session rests. */
export interface RestingPlace {
  readonly node: string
  readonly waitsFor: WaitKind | null
  /** Epoch milliseconds; null when it waits for as long as it takes. */
  readonly until: number | null
}

/** What the innermost flow of a session waits for. The top-level state of its machine is the node. */
export function restingPlace(
  { frames }: StoredSession,
  timers: readonly StoredTimer[],
  flow: FlowDocument | undefined,
  nodes: NodeRegistry,
): RestingPlace | undefined {
  const node = nodeIn(frames.at(-1)?.snapshot.value)
  if (node === undefined) return undefined
  const type = flow?.nodes.find(({ id }) => id === node)?.type
  const dueAt = timers.filter(({ id }) => id !== EXPIRY).map((timer) => timer.dueAt)
  return {
    node,
    waitsFor: nodes.get(type ?? '')?.waits ?? null,
    until: dueAt.length === 0 ? null : Math.min(...dueAt),
  }
}

/** The node that a machine's state value names. */
export function nodeIn(value: StoredSnapshot['value'] | null | undefined): string | undefined {
  return typeof value === 'string' ? value : Object.keys(value ?? {})[0]
}

/** The timer of the session as a whole. */
const EXPIRY = 'session.expiry'
