import type { StartPoint } from '../world.ts'
import { begin, interrupt } from './move.ts'
import type { Afterwards, TextBehind, Turn } from './turn.ts'

/** How long a start that nobody asked for may wait for its turn. */
export const PATIENCE_MS = 24 * 3_600_000

/** Begins the flow that waits for what just happened, if there is one; its start says what becomes of a running session. */
export function happened(
  turn: Turn,
  { what, how, seed, behind }: Extract<Afterwards, { readonly kind: 'happened' }>,
): void {
  const start = turn.world.startOn(turn.channel, what, how)
  if (start === undefined || turn.isOptedOut || isRunning(turn, start)) return
  beginInTurn(turn, start, { source: 'event', seed, ...behind })
}

/** Begins at a start as soon as its `whenBusy` allows; false where it skips a running session. */
export function beginInTurn(
  turn: Turn,
  start: StartPoint,
  how: { readonly source: 'mo' | 'event'; readonly seed: string } & Partial<TextBehind>,
): boolean {
  if (turn.state !== null) {
    if (start.whenBusy === 'skip') return false
    if (start.whenBusy === 'queue') {
      wait(turn, start, how)
      return true
    }
    interrupt(turn, how.seed)
  }
  begin(turn, start, { runId: turn.world.newId(), ...how })
  return true
}

/** True for a start of the flow that runs already. */
export function isRunning({ state, world }: Turn, { flowId }: StartPoint): boolean {
  const running = state?.frames[0]?.revision
  return running !== undefined && world.flowOf(running) === flowId
}

function wait(turn: Turn, { flowId, node }: StartPoint, { source, text, mo }: Parameters<typeof beginInTurn>[2]): void {
  turn.queueStart({
    id: turn.world.newId(),
    flowId,
    node,
    source,
    params: {},
    text: text ?? null,
    message: mo ?? null,
    expiresAt: turn.now + PATIENCE_MS,
  })
}
