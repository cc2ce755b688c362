import type { InboxKind, InboxWrite } from '../../db/hot/types.ts'
import { type HostEvent, type MoArrived, type Outcome, outcomeText } from '../incoming.ts'
import type { Turn } from './turn.ts'

/** A start that a text waits for is no text of its own. */
function kindOf(event: Exclude<HostEvent, { kind: 'due' }>): InboxKind {
  if (!('by' in event)) return inboxKind[event.kind]
  return event.by === 'mo' ? 'event' : event.by
}

const inboxKind = { mo: 'mo', http: 'http', dlr: 'dlr', link: 'link', notified: 'notify' } as const satisfies Partial<
  Record<HostEvent['kind'], InboxKind>
>

/** Writes the event into the inbox, and what became of it. */
export function record(turn: Turn, event: HostEvent, outcome: Outcome): void {
  if (event.kind === 'due') return
  // A queued start that must wait on comes again under the same id.
  if (event.kind === 'start' && event.wasQueued && outcome.status === 'waiting') return
  const { channel, phone, messageId } = event
  const write: InboxWrite = {
    channel,
    phone,
    messageId,
    id: event.kind === 'mo' ? event.id : turn.world.newId(),
    kind: kindOf(event),
    link: 'link' in event ? event.link : null,
    body: bodyOf(event),
    at: event.kind === 'mo' ? event.receivedAt : turn.now,
    outcome: outcomeText(outcome),
    runId: 'runId' in outcome ? outcome.runId : turn.runId,
  }
  turn.batch.inbox.push(write)
  if (event.kind === 'mo' && event.parts !== undefined) {
    const { reference, sequences } = event.parts
    turn.batch.partsDone.push(...sequences.map((sequence) => ({ channel, phone, reference, sequence, at: turn.now })))
  }
}

/** What of an event is kept beside its outcome: an MO's text, and the ids that a request was told. */
function bodyOf(event: HostEvent): InboxWrite['body'] {
  switch (event.kind) {
    case 'mo':
      return moBody(event)
    case 'send':
      return { id: event.id }
    case 'start':
      return { id: event.runId }
    case 'ticket':
      return 'id' in event.act ? { id: event.act.id } : null
    default:
      return null
  }
}

function moBody({ text, from, to, rawHex, facts, fingerprint, parts }: MoArrived): InboxWrite['body'] {
  return {
    text,
    from,
    to,
    ...(rawHex !== undefined && { rawHex }),
    ...(facts !== undefined && { facts }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(parts !== undefined && parts.missing.length > 0 && { missingParts: parts.missing }),
  }
}
