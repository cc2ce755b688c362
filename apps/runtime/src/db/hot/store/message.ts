import { finalDlrStates } from '@textloom/core'
import { phoneHash } from '../../bucket.ts'
import { outboxKeyColumns, outboxKeyRow, sessionKeyColumns, sessionKeyRow } from '../keys.ts'
import { slotResource } from '../leases.ts'
import { butOnlyIf, iso, isoOrNull, lookedUp, names, sameKey } from '../recordset.ts'
import type { OutboxWrite } from '../types.ts'
import type { Section } from './section.ts'

const ofOutbox = Object.keys(outboxKeyColumns)

/** What came in; a known message id undoes the batch. */
export const inbox: Section = {
  name: 'inbox_rows',
  columns: {
    ...sessionKeyColumns,
    message_id: 'text',
    id: 'uuid',
    kind: 'text',
    link: 'text',
    body: 'json',
    at: 'timestamptz',
    outcome: 'text',
    run_id: 'uuid',
  },
  rows: (batch) =>
    (batch.inbox ?? []).map((write) => ({
      ...sessionKeyRow(write),
      message_id: write.messageId,
      id: write.id,
      kind: write.kind,
      link: write.link,
      body: write.body,
      at: iso(write.at),
      outcome: write.outcome,
      run_id: write.runId,
    })),
  write: (source, list) =>
    `insert into inbox (${list}) select ${list} from ${source} on conflict do nothing returning 1`,
  guard: 'true',
}

const outboxColumns = {
  ...outboxKeyColumns,
  id: 'uuid',
  kind: 'text',
  link: 'text',
  phone_hash: 'int',
  source: 'text',
  run_id: 'uuid',
  segments: 'smallint',
  priority: 'smallint',
  payload: 'json',
  topic: 'text',
  is_consent: 'boolean',
  created_at: 'timestamptz',
  due_at: 'timestamptz',
  expires_at: 'timestamptz',
}

function outboxRow(write: OutboxWrite) {
  return {
    ...outboxKeyRow(write),
    id: write.id,
    kind: write.kind,
    link: write.link,
    phone_hash: phoneHash(write.phone),
    source: write.source,
    run_id: write.runId,
    segments: write.segments,
    priority: write.priority,
    payload: write.payload,
    topic: write.topic,
    is_consent: write.isConsent,
    created_at: iso(write.createdAt),
    due_at: iso(write.dueAt),
    expires_at: isoOrNull(write.expiresAt),
  }
}

/** What is to leave, as soon as somebody claims it. */
export const outbox: Section = {
  name: 'outbox_rows',
  columns: outboxColumns,
  rows: (batch) => (batch.outbox ?? []).filter(({ handOver }) => handOver === undefined).map(outboxRow),
  write: (source, list) => `insert into outbox (${list}, state) select ${list}, 'queued' from ${source}`,
}

const handOverColumns = { ...outboxColumns, resource: 'text', owner: 'text', epoch: 'bigint', settled: 'json' }

/**
 * What leaves at once: written as a claim writes it (settle-and-claim.ts), under the same conditions. The lease is
 * locked, so that a take-over waits for this statement; nothing else of that phone is open; it did not say STOP.
 * What does not fulfil them is queued.
 */
export const handOvers: Section = {
  name: 'handed_rows',
  columns: handOverColumns,
  rows: (batch) =>
    (batch.outbox ?? []).flatMap((write) =>
      write.handOver === undefined || write.link === null
        ? []
        : [{ ...outboxRow(write), ...write.handOver, resource: slotResource(write.link, 0) }],
    ),
  write: (source) => `with rows as materialized (select * from ${source}),
    mine as materialized (
      select l.resource, l.epoch from (select distinct resource, owner, epoch from rows) r, lease l
      where ${lookedUp('l', 'r', ['resource'])} and ${butOnlyIf('l.owner = r.owner and l.epoch = r.epoch')}
      for share of l),
    free as materialized (
      select rows.*, exists (select 1 from mine where mine.resource = rows.resource and mine.epoch = rows.epoch)
        and not exists (
          select 1 from outbox e where e.phone_hash = rows.phone_hash and e.state in ('queued', 'sending')
            and ${butOnlyIf(`e.kind = 'sms' and ${sameKey('e', 'rows', Object.keys(sessionKeyColumns))}`)}
            and not exists (
              select 1 from json_to_recordset(rows.settled) as x(rev bigint, n int) where ${sameKey('x', 'e', ['rev', 'n'])})
          offset 0)
        and (is_consent or not exists (
          select 1 from suppression s where s.phone = rows.phone and s.topic in ('', rows.topic))) as leaves
      from rows)
    insert into outbox (${names(outboxColumns)}, state, epoch, attempt)
    select ${names(outboxColumns)}, case when leaves then 'sending' else 'queued' end,
      case when leaves then epoch end, leaves::int
    from free
    returning id, state`,
}

/** HTTP requests whose answer this batch handles, and notices that are settled. */
export const settleHttp: Section = {
  name: 'settle_http',
  columns: { ...outboxKeyColumns, state: 'text', error: 'json' },
  rows: (batch) =>
    (batch.settleHttp ?? []).map((write) => ({ ...outboxKeyRow(write), state: write.state, error: write.error })),
  write: (source) => `update outbox o set state = x.state, error = x.error from ${source}
    where ${lookedUp('o', 'x', ofOutbox)} and ${butOnlyIf(`o.kind in ('http', 'notify') and o.state in ('queued', 'sending')`)}`,
}

/** Requests, and MTs not yet handed to a link, that are no longer wanted. */
export const cancels: Section = {
  name: 'cancels',
  columns: outboxKeyColumns,
  rows: (batch) => (batch.cancels ?? []).map(outboxKeyRow),
  write: (source) => `update outbox o set state = 'cancelled' from ${source}
    where ${lookedUp('o', 'x', ofOutbox)} and ${butOnlyIf(`o.state = 'queued' or o.state = 'sending' and o.kind = 'http'`)}`,
}

const finalStates = [...finalDlrStates].map((state) => `'${state}'`).join(', ')

/**
 * Receipts of segments: the first final one of a segment stays, and the state of the MT follows from all of its
 * segments.
 */
export const receipts: Section = {
  name: 'receipt_rows',
  columns: { ...outboxKeyColumns, segment: 'smallint', state: 'text', error: 'text', at: 'timestamptz' },
  rows: (batch) =>
    (batch.receipts ?? []).map((write) => ({
      ...outboxKeyRow(write),
      segment: write.segment,
      state: write.state,
      error: write.error,
      at: iso(write.at),
    })),
  write: (source) => `update outbox o set (receipts, state) = (
      select merged.receipts, case
        when o.state not in ('sent', 'delivered', 'failed', 'expired', 'unknown') then o.state
        when bool_or(segment.value ->> 'state' in ('undeliverable', 'rejected', 'deleted')) then 'failed'
        when bool_or(segment.value ->> 'state' = 'expired') then 'expired'
        when count(*) filter (where segment.value ->> 'state' = 'delivered') >= o.segments then 'delivered'
        when bool_or(segment.value ->> 'state' = 'unknown') then 'unknown'
        else 'sent' end
      from (select o.receipts || news.receipts || coalesce((
          select jsonb_object_agg(old.key, old.value) from jsonb_each(o.receipts) old
          where old.value ->> 'state' in (${finalStates})), '{}') as receipts) merged,
        jsonb_each(merged.receipts) segment
      group by merged.receipts)
    from (select ${names(outboxKeyColumns)}, jsonb_object_agg(segment::text,
        jsonb_strip_nulls(jsonb_build_object('state', state, 'error', error, 'at', at))
        order by (state in (${finalStates})), at) as receipts
      from ${source} group by ${names(outboxKeyColumns)}) news
    where ${lookedUp('o', 'news', ofOutbox)}`,
}

const partKey = { ...sessionKeyColumns, reference: 'text', sequence: 'smallint' }

/** Parts whose message is handled: kept for a while, so that a late redelivery of one is known. */
export const partsDone: Section = {
  name: 'parts_done',
  columns: { ...partKey, at: 'timestamptz' },
  rows: (batch) =>
    (batch.partsDone ?? []).map((key) => ({
      ...sessionKeyRow(key),
      reference: key.reference,
      sequence: key.sequence,
      at: iso(key.at),
    })),
  write: (source) =>
    `update part p set done_at = x.at from ${source} where ${lookedUp('p', 'x', Object.keys(partKey))}`,
}
