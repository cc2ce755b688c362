import { parseDuration } from '@textloom/core'
import { and, desc, eq, inArray, isNull, lt, sql as raw } from 'drizzle-orm'
import type { QueueRow } from '../../catalogue/queues.ts'
import type { Db } from '../../db/drizzle.ts'
import { contact, run, ticket } from '../../db/schema/index.ts'
import { timeText } from '../http/fields.ts'
import type { TicketItem } from './schemas.ts'

export interface TicketFilter {
  readonly view: 'mine' | 'unassigned' | 'all' | 'closed'
  /** The principal whose own `mine` lists. */
  readonly me: string
  readonly queues?: readonly string[] | undefined
  readonly phone?: string | undefined
  readonly session?: string | undefined
  readonly before?: string | undefined
  readonly limit: number
}

/** Tickets, those opened last first. */
export async function listTickets(tx: Db, filter: TicketFilter): Promise<TicketRow[]> {
  const { view, me, queues, phone, session, before, limit } = filter
  return selectTickets(tx)
    .where(
      and(
        eq(ticket.state, view === 'closed' ? 'closed' : 'open'),
        view === 'mine' ? eq(ticket.assignee, me) : undefined,
        view === 'unassigned' ? isNull(ticket.assignee) : undefined,
        queues === undefined ? undefined : inArray(ticket.queue, [...queues]),
        phone === undefined ? undefined : eq(ticket.phone, phone),
        session === undefined ? undefined : eq(ticket.runId, session),
        before === undefined ? undefined : lt(ticket.id, before),
      ),
    )
    .orderBy(desc(ticket.id))
    .limit(limit)
}

export async function findTicket(tx: Db, id: string): Promise<TicketRow | undefined> {
  return (await selectTickets(tx).where(eq(ticket.id, id)))[0]
}

/** How many open tickets wait for somebody: for anybody, and for `me`. */
export async function countWaiting(tx: Db, me: string): Promise<{ unassigned: number; mine: number }> {
  const isNobodys = isNull(ticket.assignee)
  const isMine = and(eq(ticket.assignee, me), isWaiting)
  const [counted] = await tx
    .select({
      unassigned: raw<number>`(count(*) filter (where ${isNobodys}))::int`,
      mine: raw<number>`(count(*) filter (where ${isMine}))::int`,
    })
    .from(ticket)
    .where(eq(ticket.state, 'open'))
  return counted ?? { unassigned: 0, mine: 0 }
}

/** The contact wrote last. */
const isWaiting = raw`(${ticket.lastReplyAt} is null or ${ticket.lastHeardAt} > ${ticket.lastReplyAt})`

/** A ticket with what lists show beside it. */
export type TicketRow = Awaited<ReturnType<typeof selectTickets>>[number]

interface LastMessage {
  readonly direction: 'mo' | 'mt'
  readonly text: string
  readonly at: string
}

function selectTickets(tx: Db) {
  // Looked up for each row that is shown, and for no other: two steps down the indexes by phone.
  const lastMessage = raw<LastMessage | null>`(select m.message from (
    (select i.id, json_build_object('direction', 'mo', 'text', i.body ->> 'text', 'at', i.at) as message from inbox i
      where i.kind = 'mo' and i.phone = ${ticket.phone} and i.channel = ${ticket.channel} order by i.id desc limit 1)
    union all
    (select o.id, json_build_object('direction', 'mt', 'text', o.payload ->> 'text', 'at', o.created_at) from outbox o
      where o.kind = 'sms' and o.phone = ${ticket.phone} and o.channel = ${ticket.channel} order by o.id desc limit 1)
  ) m order by m.id desc limit 1)`
  return tx
    .select({
      ticket,
      flow: run.flowId,
      startedAt: run.startedAt,
      name: contact.name,
      language: contact.language,
      lastMessage,
    })
    .from(ticket)
    .leftJoin(run, and(eq(run.bucket, ticket.bucket), eq(run.id, ticket.runId)))
    .leftJoin(contact, eq(contact.phone, ticket.phone))
    .$dynamic()
}

/** A ticket as the API shows it to `me`. */
export function ticketItem(
  row: TicketRow,
  { me, queues, now }: { me: string; queues: readonly QueueRow[]; now: number },
): TicketItem {
  const { ticket: one, flow, name, language, lastMessage } = row
  const { id, channel, phone, node, queue, topic, note, assignee, assigneeName, openedAt, closedBy } = one
  const isOpen = one.state === 'open'
  const maxWait = queues.find((other) => other.id === queue)?.config.maxWait
  const answeredAt = one.firstReplyAt?.getTime() ?? now
  return {
    id,
    channel,
    phone,
    contact: { name, language },
    session: one.runId,
    flow,
    node,
    queue,
    topic,
    priority: one.priority as TicketItem['priority'],
    note,
    state: isOpen ? 'open' : 'closed',
    assignee: assignee === null ? null : { id: assignee, name: assigneeName ?? '', isYou: assignee === me },
    lastMessage: lastMessage && { ...lastMessage, at: timeText(new Date(lastMessage.at)) },
    isWaiting: isOpen && (one.lastReplyAt === null || (one.lastHeardAt?.getTime() ?? 0) > one.lastReplyAt.getTime()),
    isOverdue: isOpen && maxWait !== undefined && answeredAt - openedAt.getTime() > parseDuration(maxWait),
    openedAt: timeText(openedAt),
    claimedAt: timeOrNull(one.claimedAt),
    firstReplyAt: timeOrNull(one.firstReplyAt),
    lastReplyAt: timeOrNull(one.lastReplyAt),
    lastHeardAt: timeOrNull(one.lastHeardAt),
    closedAt: timeOrNull(one.closedAt),
    closedBy,
    outcome: one.outcome as TicketItem['outcome'],
  }
}

function timeOrNull(at: Date | null): string | null {
  return at && timeText(at)
}
