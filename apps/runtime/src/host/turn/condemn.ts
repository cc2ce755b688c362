import type { SessionRow } from '../../db/hot/types.ts'
import { SqlError } from '../../db/sql.ts'
import type { HostCode } from '../codes.ts'
import type { HostEvent } from '../incoming.ts'
import type { World } from '../world.ts'
import { bury } from './dead-letter.ts'
import { fail } from './move.ts'
import { record } from './record.ts'
import type { TakenTurn } from './take-turn.ts'
import { Turn } from './turn.ts'

/**
 * The rows for an event that can be neither handled nor tried again: a dead letter with the reason. The session stays
 * as it was, but for timers: what would fail at every scan ends the session instead. `isBare` leaves out everything
 * the event carries, for events that are themselves what cannot be stored.
 */
export function condemn(
  row: SessionRow,
  event: HostEvent,
  error: Error,
  world: World,
  { isBare }: { readonly isBare: boolean },
): TakenTurn {
  const turn = new Turn(row, world)
  turn.isTouched = true
  const reason = error instanceof SqlError ? (`sql:${error.code}` as const) : 'error'
  const letter = isBare ? withoutContent(event) : event
  const outcome = bury(turn, letter, reason, isBare ? error.name : error.message)
  if (event.kind === 'due')
    fail(turn, { code: 'runtime/poison' satisfies HostCode, message: 'Its timers could not be handled.' })
  if (event.kind === 'http') turn.batch.settleHttp.push({ ...event.key, state: 'failed', error: { code: reason } })
  record(turn, letter, outcome)
  turn.batch.sessions.push(turn.sessionWrite())
  return { turn, outcomes: [outcome] }
}

function withoutContent(event: HostEvent): HostEvent {
  switch (event.kind) {
    case 'mo': {
      const { fingerprint: _fingerprint, rawHex: _rawHex, ...named } = event
      return { ...named, from: event.phone, to: '', text: '' }
    }
    case 'http':
      return { ...event, answer: { error: 'refused', message: '' } }
    case 'start':
      return { ...event, params: {} }
    case 'send':
    case 'stop':
      return { ...event, text: '' }
    default:
      return event
  }
}
