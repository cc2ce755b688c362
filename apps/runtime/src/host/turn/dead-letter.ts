import type { Failure, Json } from '@textloom/core'
import type { DeadLetterReason } from '../codes.ts'
import type { HostEvent, Outcome } from '../incoming.ts'
import type { Turn } from './turn.ts'

/** Keeps an event that could not be handled where people see it and can try it again. */
export function bury(turn: Turn, event: HostEvent, reason: DeadLetterReason, detail: string): Outcome {
  return keep(turn, event, reason, detail)
}

/** Keeps an event whose session failed over it. */
export function buryFailed(turn: Turn, event: HostEvent, { code, message }: Failure): Outcome {
  return keep(turn, event, code, message)
}

function keep(turn: Turn, event: HostEvent, reason: string, detail: string): Outcome {
  const { channel, phone, now, world } = turn
  const id = world.newId()
  const messageId = event.kind === 'due' ? null : event.messageId
  turn.batch.deadLetters.push({ channel, phone, id, messageId, reason, detail, event: asJson(event), at: now })
  turn.event('event.dead', {
    source: event.kind,
    reason,
    deadLetter: id,
    ...(event.kind === 'mo' && { message: event.id }),
  })
  return { status: 'dead-letter', reason, id }
}

/** Events are plain data; only optional fields keep TypeScript from seeing it. */
function asJson(event: HostEvent): Json {
  return JSON.parse(JSON.stringify(event))
}
