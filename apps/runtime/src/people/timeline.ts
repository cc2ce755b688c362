import type { Json } from '@textloom/core'
import type { Sql } from '../db/sql.ts'

/** Something in the history of a contact. */
export interface TimelineItem {
  /** UUIDv7 of what it is about. */
  readonly id: string
  readonly kind: 'mo' | 'mt' | 'session' | 'ticket' | 'change' | 'consent' | 'note'
  readonly at: Date
  /** What there is to tell, by kind. */
  readonly data: { readonly [fact: string]: Json }
}

/** Each source's newest behind the cursor; then the newest of them all. */
const sources: readonly string[] = [
  `select id, 'mo' as kind, at, json_build_object('channel', channel, 'text', body ->> 'text', 'outcome', outcome,
     'session', run_id) as data from inbox where phone = $1::text and kind = 'mo'`,
  `select id, 'mt', created_at, json_build_object('channel', channel, 'text', payload ->> 'text', 'status', state,
     'source', source, 'session', run_id, 'agent', payload ->> 'agent') from outbox where phone = $1::text and kind = 'sms'`,
  `select id, 'session', started_at, json_build_object('channel', channel, 'flow', flow_id, 'source', source,
     'endedAt', ended_at, 'outcome', outcome) from run where phone = $1::text`,
  `select id, 'ticket', opened_at, json_build_object('channel', channel, 'queue', queue, 'state', state,
     'outcome', outcome, 'assignee', assignee_name) from ticket where phone = $1::text`,
  `select id, 'change', at, json_build_object('source', source, 'by', actor_name, 'actor', actor, 'changes', changes)
     from contact_change where phone = $1::text`,
  `select id, 'consent', at, json_build_object('topic', topic, 'state', state, 'channel', channel, 'words', words,
     'source', source, 'by', actor_name, 'actor', actor) from consent_entry where phone = $1::text`,
  `select id, 'note', at, json_build_object('text', text, 'by', author_name, 'actor', author)
     from contact_note where phone = $1::text`,
]

const text = `select id, kind, at, data from (${sources
  .map((source) => `(${source} and ($2::text is null or id < $2::text::uuid) order by id desc limit $3::int)`)
  .join('\nunion all\n')}) x order by id desc limit $3::int`

/** All that happened with a contact, the newest first, from the one before `before`. */
export function timelineOf(
  sql: Sql,
  phone: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<TimelineItem[]> {
  return sql.query<TimelineItem>(text, [phone, before ?? null, limit])
}
