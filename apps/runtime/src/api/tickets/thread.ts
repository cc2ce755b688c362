import { and, asc, eq } from 'drizzle-orm'
import { bucketOf } from '../../db/bucket.ts'
import type { Db } from '../../db/drizzle.ts'
import { listMessages, type MessageRow } from '../../db/messages/list-messages.ts'
import { ticketNote } from '../../db/schema/index.ts'
import type { Sql } from '../../db/sql.ts'
import type { EventData } from '../../host/event-kinds.ts'
import { timeOfId } from '../../host/ids.ts'
import { timeText } from '../http/fields.ts'
import { messageItem } from '../messages/message-item.ts'
import type { TicketRow } from './queries.ts'
import type { ThreadItem } from './schemas.ts'

/** What one answer holds at most of each kind. */
const MOST = 500
/** And of the texts after a ticket was closed. */
const MOST_LATER = 100

/**
 * Everything around a ticket in the order of time: the texts of its phone on its channel from the beginning of the
 * conversation to now, what people noted, and what became of the ticket.
 */
export async function threadOf(
  sql: Sql,
  db: Db,
  { ticket, startedAt }: TicketRow,
  me: string,
): Promise<{ items: ThreadItem[]; hasMore: boolean; skipsLater: boolean }> {
  const { id, channel, phone, openedAt, closedAt } = ticket
  const since = (startedAt ?? openedAt).getTime() - CLOCK_SLACK_MS
  const isOver = closedAt === null ? undefined : closedAt.getTime() + 1
  const [page, later, notes, events] = await Promise.all([
    listMessages(sql, { phone, channel, since, limit: MOST, ...(isOver !== undefined && { until: isOver }) }),
    isOver === undefined
      ? { items: [], nextCursor: null }
      : listMessages(sql, { phone, channel, since: isOver, limit: MOST_LATER }),
    db
      .select()
      .from(ticketNote)
      .where(and(eq(ticketNote.bucket, ticket.bucket), eq(ticketNote.ticket, id)))
      .orderBy(asc(ticketNote.id))
      .limit(MOST),
    eventsOf(sql, { channel, phone, id, since }),
  ])
  const items = [
    ...page.items.map((row) => messageIn(row, { isBefore: row.at < openedAt.getTime(), isAfter: false })),
    ...later.items.map((row) => messageIn(row, { isBefore: false, isAfter: true })),
    ...notes.map(
      ({ id: noteId, text, at, author, authorName }): ThreadItem => ({
        kind: 'note',
        id: noteId,
        at: timeText(at),
        text,
        author: { id: author, name: authorName, isYou: author === me },
      }),
    ),
    ...events,
  ].toSorted((a, b) => {
    const [first, second] = [orderIn(ticket, a), orderIn(ticket, b)]
    return first.atMs - second.atMs || first.rank - second.rank || (a.id < b.id ? -1 : 1)
  })
  return { items, hasMore: page.nextCursor !== null, skipsLater: later.nextCursor !== null }
}

/** The first MO may be stamped by the clock of another process than the start of its session. */
const CLOCK_SLACK_MS = 5_000

/**
 * Where something stands among the rest: texts by the time in their ids, since a text that came in is stored only with
 * the answer to it; a deed when it was done, and before the texts that it led to.
 */
function orderIn(ticket: TicketRow['ticket'], item: ThreadItem): { readonly atMs: number; readonly rank: number } {
  if (item.kind === 'message') return { atMs: timeOfId(item.id), rank: 3 }
  const storedMs = Date.parse(item.at)
  if (item.kind === 'note') return { atMs: storedMs, rank: 1 }
  const { openedAt, claimedAt, closedAt } = ticket
  const doneAt = { opened: openedAt, claimed: claimedAt, closed: closedAt }[item.what as string]
  // A ticket keeps its last claim only.
  const isThat = doneAt && Math.abs(storedMs - doneAt.getTime()) < CLOCK_SLACK_MS
  return { atMs: isThat ? doneAt.getTime() : storedMs, rank: ranks[item.what] ?? 0 }
}

const ranks: { readonly [deed in string]?: number } = { closed: 2, opened: 4 }

function messageIn(row: MessageRow, place: { readonly isBefore: boolean; readonly isAfter: boolean }): ThreadItem {
  const { agent = null } = row.body as { agent?: string }
  const message = messageItem(row)
  return { kind: 'message', id: row.id, at: message.at, message, agent, ...place }
}

type Told =
  | 'ticket.opened'
  | 'ticket.refused'
  | 'ticket.claimed'
  | 'ticket.released'
  | 'ticket.transferred'
  | 'ticket.closed'

async function eventsOf(
  sql: Sql,
  { channel, phone, id, since }: { channel: string; phone: string; id: string; since: number },
): Promise<ThreadItem[]> {
  const rows = await sql.query<{ at: Date; rev: number; n: number; kind: Told; data: unknown }>(
    `select at, rev, n, kind, data from event
     where bucket = $1::smallint and channel = $2::text and phone = $3::text and at >= $4::timestamptz
       and kind in ('ticket.opened', 'ticket.refused', 'ticket.claimed', 'ticket.released', 'ticket.transferred', 'ticket.closed')
       and data ->> 'ticket' = $5::text
     order by at, rev, n limit ${MOST}`,
    [bucketOf(channel, phone), channel, phone, new Date(since), id],
  )
  return rows.map(({ at, rev, n, kind, data }) => {
    const told = data as Partial<
      EventData['ticket.transferred'] & EventData['ticket.closed'] & EventData['ticket.refused']
    >
    return {
      kind: 'event',
      id: `${rev}-${n}`,
      at: timeText(at),
      what: kind.replace('ticket.', '') as Extract<ThreadItem, { kind: 'event' }>['what'],
      agent: told.agent ?? null,
      to: told.to ?? null,
      queue: told.queue ?? null,
      outcome: told.outcome ?? told.reason ?? null,
    }
  })
}
