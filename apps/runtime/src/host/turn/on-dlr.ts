import type { DlrMatched, Outcome } from '../incoming.ts'
import { countryOf } from '../numbers.ts'
import type { Turn } from './turn.ts'

/** A receipt of one segment: recorded with its MT. No node listens to receipts, so the session stays untouched. */
export function onDlr(turn: Turn, { key, segment, message, run, state, error, at, link }: DlrMatched): Outcome {
  turn.batch.receipts.push({ ...key, segment, state, error, at })
  const country = countryOf(turn.phone)
  turn.event('dlr', {
    ...(message !== null && { message }),
    ...(run !== null && { run }),
    link,
    segment,
    state,
    ...(error !== null && { error }),
    ...(country !== undefined && { country }),
  })
  return { status: 'recorded' }
}
