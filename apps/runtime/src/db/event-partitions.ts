import { type Sql, SqlError } from './sql.ts'

const DAY_MS = 86_400_000

/** How many days ahead partitions are made, so that a process nobody restarts never writes to the default one. */
const DAYS_AHEAD = 7

/**
 * Makes the partitions of `event` from yesterday to a week ahead, and returns their names. What had to go to
 * `event_default` in the meantime moves to its day. Cheap when nothing is missing; several processes may call it at
 * once.
 */
export async function prepareEventPartitions(sql: Sql, now: number): Promise<string[]> {
  const first = Math.floor(now / DAY_MS - 1) * DAY_MS
  const starts = Array.from({ length: DAYS_AHEAD + 2 }, (_, day) => first + day * DAY_MS)
  const make = () => sql.transaction((tx) => makePartitions(tx, starts))
  try {
    return await make()
  } catch (error) {
    // 23514: an event reached the default partition after its like were moved. Once more.
    if (error instanceof SqlError && error.code === '23514') return make()
    throw error
  }
}

/** Drops whole days of events that ended before `before`: retention costs no row by row deletion. */
export async function dropEventPartitions(sql: Sql, before: number): Promise<string[]> {
  const dropped: string[] = []
  for (const { name, start } of await partitions(sql)) {
    if (start + DAY_MS > before) continue
    await sql.script(`drop table ${name}`)
    dropped.push(name)
  }
  return dropped
}

/** The days that have a partition: `2026-11-22`, the oldest first. */
export async function eventDays(sql: Sql): Promise<string[]> {
  return (await partitions(sql)).map(({ start }) => dayOf(start))
}

/** Makes partitions for these days, within the transaction of its caller. */
export async function makeEventDays(tx: Sql, days: readonly string[]): Promise<void> {
  await makePartitions(
    tx,
    days.map((day) => Date.parse(`${day}T00:00:00.000Z`)),
  )
}

async function makePartitions(tx: Sql, starts: readonly number[]): Promise<string[]> {
  // One process at a time. The number is "tl" and "part" in ASCII.
  await tx.query('select pg_advisory_xact_lock(29804, 1885434484)')
  const existing = new Set((await partitions(tx)).map(({ name }) => name))
  const missing = starts.filter((start) => !existing.has(nameOf(start)))
  if (missing.length > 0) await tx.script(missing.map(partitionText).join('\n'))
  return missing.map(nameOf)
}

/** Made aside and attached: creating it as a partition at once would lock `event` against every writer. */
function partitionText(start: number): string {
  const name = nameOf(start)
  const [from, to] = [start, start + DAY_MS].map((at) => `'${new Date(at).toISOString()}'`)
  return `
    create table ${name} (like event including defaults including constraints);
    with moved as (delete from event_default where at >= ${from} and at < ${to} returning *)
      insert into ${name} select * from moved;
    alter table event attach partition ${name} for values from (${from}) to (${to});`
}

async function partitions(sql: Sql): Promise<{ name: string; start: number }[]> {
  const rows = await sql.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'event'::regclass order by c.relname`,
  )
  return rows.flatMap(({ name }) => {
    const start = Date.parse(`${name.replace(/^event_/, '').replaceAll('_', '-')}T00:00:00.000Z`)
    return Number.isNaN(start) ? [] : [{ name, start }]
  })
}

/** `event_2026_11_22`, by UTC day. */
function nameOf(start: number): string {
  return `event_${dayOf(start).replaceAll('-', '_')}`
}

function dayOf(start: number): string {
  return new Date(start).toISOString().slice(0, 10)
}
