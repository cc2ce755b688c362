import { Gauge, type Registry } from 'prom-client'
import type { Sql } from '../db/sql.ts'

/** A queue of the instance: how much waits in it, and for how long the first has. */
interface QueueRow {
  readonly queue: string
  /** Empty where it is no link's. */
  readonly link: string
  readonly length: number
  readonly age: number
}

const age = (column: string) => `greatest(0, extract(epoch from clock_timestamp() - min(${column})))::float8`
const others = (kind: string) => `
select '${kind}', '', count(*), ${age('due_at')} from outbox
where kind = '${kind}' and state in ('queued', 'sending') and due_at <= clock_timestamp()`

/** Each by its own index: of those that are empty nothing is read. */
const text = `
select 'outbox' as queue, link, count(*) as length, ${age('due_at')} as age from outbox
where state = 'queued' and link is not null and due_at <= clock_timestamp() group by link
union all ${others('http')}
union all ${others('notify')}
union all ${others('webhook')}
union all select 'timers', '', count(*), ${age('next_due_at')} from session where next_due_at <= clock_timestamp()
union all select 'parts', '', count(*), ${age('received_at')} from part where done_at is null
union all select 'starts', '', count(*), ${age('requested_at')} from pending_start
union all select 'dead-letters', '', count(*), ${age('at')} from dead_letter where resolved_at is null`

/** Scrapers come in swarms. */
const FRESH_MS = 5_000

/** The queues in the database, counted when somebody looks; what cannot be asked now is left out. */
export function measureQueues(registry: Registry, sql: Pick<Sql, 'query'>): void {
  let asked: { readonly atMs: number; readonly rows: Promise<QueueRow[]> } | undefined
  const rows = () => {
    if (asked === undefined || performance.now() - asked.atMs > FRESH_MS) {
      asked = { atMs: performance.now(), rows: sql.query<QueueRow>(text).catch(() => []) }
    }
    return asked.rows
  }
  const gauge = (name: string, help: string, figureOf: (row: QueueRow) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['queue', 'link'],
      registers: [registry],
      async collect() {
        const found = await rows()
        this.reset()
        for (const row of found) this.set({ queue: row.queue, link: row.link }, figureOf(row))
      },
    })
  }
  gauge('textloom_queue_length', 'What waits and may go now, of the whole instance.', ({ length }) => length)
  gauge('textloom_queue_age_seconds', 'For how long the first of a queue has waited.', (row) => row.age ?? 0)
}
