import type { Sql } from '../../db/sql.ts'

/** From when to when, epoch milliseconds; `until` itself is left out. */
export interface Span {
  readonly since: number
  readonly until: number
}

/** How long contacts waited: from the arrival of an MO until the network took the first MT that answers it. */
export interface ResponseTimes {
  readonly count: number
  readonly averageMs: number | null
  readonly p95Ms: number | null
}

/** How conversations ended, and who wanted no more. */
export interface Endings {
  readonly ended: number
  readonly outcomes: { readonly [outcome: string]: number }
  /** Phones that said STOP. */
  readonly optOuts: number
}

/*
 * Partitions of other days are left alone, and those of the span are read once: an index by kind would cost every
 * message a write for the sake of three numbers.
 */
const responseText = `
with told as materialized (
  select kind, at, data ->> 'message' as message, data ->> 'inReplyTo' as mo, (data ->> 'receivedAt')::float8 as received
  from event
  where at >= $1::timestamptz and at < $2::timestamptz and kind in ('mo.received', 'mt.queued', 'mt.sent')
),
answered as (
  select mo.message, min(extract(epoch from sent.at) * 1000) - min(mo.received) as ms
  from told mo
  join told mt on mt.kind = 'mt.queued' and mt.mo = mo.message
  join told sent on sent.kind = 'mt.sent' and sent.message = mt.message
  where mo.kind = 'mo.received'
  group by mo.message
)
select count(*)::int as count, avg(ms)::float8 as average, percentile_cont(0.95) within group (order by ms)::float8 as p95
from answered`

export async function responseTimes(sql: Sql, span: Span): Promise<ResponseTimes> {
  const [row] = await sql.query<{ count: number; average: number | null; p95: number | null }>(
    responseText,
    bounds(span),
  )
  return { count: row?.count ?? 0, averageMs: row?.average ?? null, p95Ms: row?.p95 ?? null }
}

const endingsText = `
select kind, data ->> 'outcome' as outcome, count(*)::int as count, count(distinct phone)::int as phones
from event
where at >= $1::timestamptz and at < $2::timestamptz
  and (kind = 'session.ended' or (kind = 'keyword.heard' and data ->> 'keyword' = 'stop'))
group by kind, data ->> 'outcome'`

export async function endings(sql: Sql, span: Span): Promise<Endings> {
  const rows = await sql.query<{ kind: string; outcome: string | null; count: number; phones: number }>(
    endingsText,
    bounds(span),
  )
  const ended = rows.filter(({ kind }) => kind === 'session.ended')
  return {
    ended: ended.reduce((sum, { count }) => sum + count, 0),
    outcomes: Object.fromEntries(ended.map(({ outcome, count }) => [outcome ?? 'unknown', count])),
    optOuts: rows.find(({ kind }) => kind === 'keyword.heard')?.phones ?? 0,
  }
}

function bounds({ since, until }: Span): [Date, Date] {
  return [new Date(since), new Date(until)]
}
