import type { SessionRow } from '../../db/hot/types.ts'
import type { HostEvent, Outcome } from '../incoming.ts'
import type { World } from '../world.ts'
import { stopDecided } from './consent.ts'
import { interrupt } from './move.ts'
import { onDlr } from './on-dlr.ts'
import { onDue } from './on-due.ts'
import { onHttpAnswered } from './on-http.ts'
import { onLinkOpened } from './on-link.ts'
import { onMo } from './on-mo.ts'
import { onNotified } from './on-notified.ts'
import { onEndRequested, onSendRequested, onStartRequested } from './on-request.ts'
import { onTicketActed } from './on-ticket.ts'
import { record } from './record.ts'
import { settle } from './settle.ts'
import { Turn } from './turn.ts'

/** What the events of one (channel, phone) come to. */
export interface TakenTurn {
  readonly turn: Turn
  /** One for each event, in order. */
  readonly outcomes: readonly Outcome[]
}

/**
 * Applies the events of one (channel, phone), in order, to its session. Pure: the rows that come of it are in
 * `turn.batch`, to be stored all at once or not at all.
 */
export function takeTurn(row: SessionRow, events: readonly HostEvent[], world: World): TakenTurn {
  const turn = new Turn(row, world)
  const outcomes = events.map((event) => {
    const outcome = apply(turn, event)
    settle(turn)
    record(turn, event, outcome)
    return outcome
  })
  if (turn.isTouched) turn.batch.sessions.push(turn.sessionWrite())
  return { turn, outcomes }
}

function apply(turn: Turn, event: HostEvent): Outcome {
  if (event.kind === 'dlr') return onDlr(turn, event)
  if (event.kind === 'notified') return onNotified(turn, event)
  // A stale timer leaves no trace, not even a new `rev`; everything else is guarded by one, even if it moves nothing:
  // that it moves nothing was concluded from the row as it was loaded.
  if (event.kind !== 'due') turn.isTouched = true
  const isUnknown = turn.isUnknown && event.kind !== 'due'
  if (isUnknown) turn.learn(event.kind === 'mo' ? { lastHeardAt: event.receivedAt } : {})
  // STOP counts for all channels; a session elsewhere learns of it with its next event.
  if (turn.isOptedOut && turn.state !== null) interrupt(turn, 'opted-out')
  switch (event.kind) {
    case 'mo':
      return onMo(turn, event, isUnknown)
    case 'due':
      return onDue(turn)
    case 'http':
      return onHttpAnswered(turn, event)
    case 'start':
      return onStartRequested(turn, event)
    case 'send':
      return onSendRequested(turn, event)
    case 'link':
      return onLinkOpened(turn, event)
    case 'ticket':
      return onTicketActed(turn, event)
    case 'stop':
      return stopDecided(turn, event)
    case 'end':
      return onEndRequested(turn, event)
  }
}
