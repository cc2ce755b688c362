import type { MessageRow, MtRow } from '../../db/messages/list-messages.ts'
import type { MtPayload } from '../../host/turn/mt.ts'
import { timeText } from '../http/fields.ts'
import type { MessageItem } from './schemas.ts'

/** A message as the API shows it. */
export function messageItem(row: MessageRow): MessageItem {
  const { id, channel, phone, link, runId: session } = row
  const { text = '', from = '', to = '', attachments: media = [] } = row.body as Partial<MtPayload>
  const common = { id, channel, phone, text, at: timeText(row.at), link, session }
  if (row.direction === 'mo') {
    const { facts = {} } = row.body as { facts?: { [name: string]: string | number } }
    return { direction: 'mo', ...common, facts, status: 'received', outcome: row.outcome }
  }
  const { status, source, segments, attempt, possibleDuplicate, error } = row
  return {
    direction: 'mt',
    ...common,
    from,
    to,
    media: [...media],
    status,
    source,
    segments,
    attempt,
    dueAt: timeText(row.dueAt),
    sentAt: timeOrNull(row.sentAt),
    expiresAt: timeOrNull(row.expiresAt),
    possibleDuplicate,
    error: error && { code: error.code, ...(error.message !== undefined && { message: error.message }) },
  }
}

/** The last receipt of each segment, in the order of segments, which people count from 1. */
export function receiptsOf({ receipts }: Pick<MtRow, 'receipts'>) {
  return Object.entries(receipts)
    .map(([segment, { state, error, at }]) => ({
      segment: Number(segment) + 1,
      state,
      error: error ?? null,
      at: timeText(new Date(at)),
    }))
    .sort((a, b) => a.segment - b.segment)
}

function timeOrNull(at: number | null): string | null {
  return at === null ? null : timeText(at)
}
