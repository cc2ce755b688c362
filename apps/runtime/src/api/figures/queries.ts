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
 * Partitions of other days are left alone; an index by kind would cost every message a write for the sake of three
 * numbers. Texts, answers and what became of those are brought together by grouping, first under the MT and then under
 * the MO: a join would be a loop in a loop for as long as the planner takes the day's partition for empty.
 */
const responseText = `
select count(*)::int as count, avg(ms)::float8 as average,
  percentile_cont(0.95) within group (order by ms)::float8 as p95
from (
  select min(sent) - min(received) as ms
  from (
    select data ->> 'message' as mo, (data ->> 'receivedAt')::float8 as received, null::float8 as sent
    from event
    where at >= $1::timestamptz and at < $2::timestamptz and kind = 'mo.received'
    union all
    select max(data ->> 'inReplyTo'), null, min(extract(epoch from at) * 1000) filter (where kind = 'mt.sent')
    from event
    where at >= $1::timestamptz and at < $2::timestamptz and kind in ('mt.queued', 'mt.sent')
    group by data ->> 'message'
  ) as told
  where mo is not null
  group by mo
  having min(received) is not null and min(sent) is not null
) as answered`

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
