import { happened } from './happened.ts'
import { move } from './move.ts'
import type { Turn } from './turn.ts'

/** Does what was left to be done once the session has come to rest, and what that leaves in turn. */
export function settle(turn: Turn): void {
  for (let next = turn.afterwards.shift(); next !== undefined; next = turn.afterwards.shift()) {
    if (next.kind === 'event') move(turn, next)
    else happened(turn, next)
  }
}
