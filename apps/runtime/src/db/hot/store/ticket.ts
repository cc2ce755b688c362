import { bucketOf } from '../../bucket.ts'
import { sessionKeyColumns, sessionKeyRow } from '../keys.ts'
import { butOnlyIf, iso, isoOrNull, lookedUp } from '../recordset.ts'
import type { StoreBatch, TicketChange, TicketEnd } from '../types.ts'
import { insertion, type Section } from './section.ts'

const changing = {
  queue: 'text',
  state: 'text',
  assignee: 'text',
  assignee_name: 'text',
  claimed_at: 'timestamptz',
  first_reply_at: 'timestamptz',
  last_reply_at: 'timestamptz',
  last_heard_at: 'timestamptz',
  closed_at: 'timestamptz',
  closed_by: 'text',
  outcome: 'text',
}

/** Tickets that were opened, as they are after this batch: an update could not see what the same statement inserts. */
export const tickets = insertion(
  'tickets_opened',
  'ticket',
  {
    ...sessionKeyColumns,
    id: 'uuid',
    run_id: 'uuid',
    node: 'text',
    topic: 'text',
    priority: 'text',
    note: 'text',
    opened_at: 'timestamptz',
    ...changing,
  },
  (batch) => {
    const changes = lastChanges(batch)
    return (batch.tickets ?? []).map((write) => ({
      ...sessionKeyRow(write),
      id: write.id,
      run_id: write.runId,
      node: write.node,
      topic: write.topic,
      priority: write.priority,
      note: write.note,
      opened_at: iso(write.openedAt),
      queue: write.queue,
      assignee: null,
      assignee_name: null,
      claimed_at: null,
      first_reply_at: null,
      last_reply_at: null,
      last_heard_at: null,
      ...endOf(write.closed),
      ...changeOf(changes.get(write.id)),
    }))
  },
)

/** Changes of tickets that were opened before. */
export const ticketChanges: Section = {
  name: 'tickets_changed',
  columns: { bucket: 'smallint', id: 'uuid', ...changing },
  rows: (batch) => {
    const opened = new Set(batch.tickets?.map(({ id }) => id))
    return [...lastChanges(batch).values()]
      .filter(({ id }) => !opened.has(id))
      .map((write) => ({ bucket: bucketOf(write.channel, write.phone), id: write.id, ...changeOf(write) }))
  },
  write: (source) => `update ticket t set ${Object.keys(changing)
    .map((column) => `${column} = x.${column}`)
    .join(', ')}
    from ${source} where ${lookedUp('t', 'x', ['bucket', 'id'])} and ${butOnlyIf(`t.state = 'open'`)}`,
}

/** What people wrote about tickets. */
export const ticketNotes = insertion(
  'ticket_notes',
  'ticket_note',
  {
    ...sessionKeyColumns,
    id: 'uuid',
    ticket: 'uuid',
    text: 'text',
    author: 'text',
    author_name: 'text',
    at: 'timestamptz',
  },
  (batch) =>
    (batch.ticketNotes ?? []).map((write) => ({
      ...sessionKeyRow(write),
      id: write.id,
      ticket: write.ticket,
      text: write.text,
      author: write.author,
      author_name: write.authorName,
      at: iso(write.at),
    })),
)

function lastChanges({ ticketChanges: changes = [] }: StoreBatch): Map<string, TicketChange> {
  return new Map(changes.map((change) => [change.id, change]))
}

function changeOf(change: TicketChange | undefined) {
  if (change === undefined) return {}
  return {
    queue: change.queue,
    assignee: change.assignee,
    assignee_name: change.assigneeName,
    claimed_at: isoOrNull(change.claimedAt),
    first_reply_at: isoOrNull(change.firstReplyAt),
    last_reply_at: isoOrNull(change.lastReplyAt),
    last_heard_at: isoOrNull(change.lastHeardAt),
    ...endOf(change.closed),
  }
}

function endOf(end: TicketEnd | null) {
  return {
    state: end === null ? 'open' : 'closed',
    closed_at: isoOrNull(end?.at ?? null),
    closed_by: end?.by ?? null,
    outcome: end?.outcome ?? null,
  }
}
