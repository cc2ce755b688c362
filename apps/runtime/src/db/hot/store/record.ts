import { outboxKeyColumns, outboxKeyRow, sessionKeyColumns, sessionKeyRow } from '../keys.ts'
import { iso, lookedUp } from '../recordset.ts'
import type { StoreBatch, SuppressionWrite } from '../types.ts'
import { insertion, type Section } from './section.ts'

/** What happened. */
export const events = insertion(
  'events',
  'event',
  { ...outboxKeyColumns, at: 'timestamptz', kind: 'text', data: 'json' },
  (batch) =>
    (batch.events ?? []).map((write) => ({
      ...outboxKeyRow(write),
      at: iso(write.at),
      kind: write.kind,
      data: write.data,
    })),
)

/** What could not be handled. */
export const deadLetters = insertion(
  'dead_letters',
  'dead_letter',
  {
    ...sessionKeyColumns,
    id: 'uuid',
    message_id: 'text',
    reason: 'text',
    detail: 'text',
    event: 'json',
    at: 'timestamptz',
  },
  (batch) =>
    (batch.deadLetters ?? []).map((write) => ({
      ...sessionKeyRow(write),
      id: write.id,
      message_id: write.messageId,
      reason: write.reason,
      detail: write.detail,
      event: write.event,
      at: iso(write.at),
    })),
)

/** STOP: in the same statement as the MO that said it. */
export const suppressionsAdded: Section = {
  name: 'suppressions_added',
  columns: { phone: 'text', topic: 'text', channel: 'text', source: 'text', at: 'timestamptz' },
  rows: (batch) =>
    lastChanges(batch, 'add').map(({ phone, topic, channel, source, at }) => ({
      phone,
      topic,
      channel,
      source,
      at: iso(at),
    })),
  write: (source, list) => `insert into suppression (${list}) select ${list} from ${source} on conflict do nothing`,
}

/** START. */
export const suppressionsRemoved: Section = {
  name: 'suppressions_removed',
  columns: { phone: 'text', topic: 'text' },
  rows: (batch) => lastChanges(batch, 'remove').map(({ phone, topic }) => ({ phone, topic })),
  write: (source) => `delete from suppression s using ${source} where ${lookedUp('s', 'x', ['phone', 'topic'])}`,
}

/** Of several changes of one (phone, topic) only the last counts. */
function lastChanges({ suppressions = [] }: StoreBatch, change: SuppressionWrite['change']): SuppressionWrite[] {
  const last = new Map(suppressions.map((write) => [`${write.phone}\0${write.topic}`, write]))
  return [...last.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, write]) => (write.change === change ? [write] : []))
}
