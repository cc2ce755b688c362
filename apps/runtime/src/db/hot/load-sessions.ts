import type { StoredSession, StoredTimer } from '@textloom/core'
import type { Sql } from '../sql.ts'
import { sessionKeyColumns, sessionKeyRow } from './keys.ts'
import { lookedUp, recordset, sameKey } from './recordset.ts'
import type { ContactRow, PendingRequest, SessionKey, SessionRow } from './types.ts'

const ofSession = Object.keys(sessionKeyColumns)
const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

// Everything about a key in one round trip. `suppression` and `contact` have no bucket: they are per person.
// `offset 0`: a look by key for each, never the whole table hashed.
const text = `
select k.channel, k.phone, s.rev, s.run_id, s.state, s.timers, s.pending,
  c.phone as contact, c.name, c.language, c.timezone, c.fields, c.last_heard_at,
  (select json_object_agg(m.group_id, ${instant('m.joined_at')})
    from group_member m where m.phone = k.phone) as groups,
  (select json_agg(x.topic order by x.topic) from suppression x where x.phone = k.phone) as suppressed,
  exists (select 1 from pending_start p where ${lookedUp('p', 'k', ofSession)} offset 0) as has_pending_start
from ${recordset(1, 'k', sessionKeyColumns)}
left join session s on ${lookedUp('s', 'k', ofSession)}
left join contact c on ${lookedUp('c', 'k', ['phone'])}`

/*
 * The same where sessions are spread over nodes: what lies there is fetched first, for Citus joins nothing of it with
 * tables that it does not spread.
 */
const distributed = `
with s as materialized (
  select s.* from ${recordset(1, 'k', sessionKeyColumns)} join session s on ${sameKey('s', 'k', ofSession)}),
p as materialized (
  select distinct p.bucket, p.channel, p.phone
  from ${recordset(1, 'k', sessionKeyColumns)} join pending_start p on ${sameKey('p', 'k', ofSession)})
select k.channel, k.phone, s.rev, s.run_id, s.state, s.timers, s.pending,
  c.phone as contact, c.name, c.language, c.timezone, c.fields, c.last_heard_at, g.groups, x.suppressed,
  p.phone is not null as has_pending_start
from ${recordset(1, 'k', sessionKeyColumns)}
left join s on ${sameKey('s', 'k', ofSession)}
left join p on ${sameKey('p', 'k', ofSession)}
left join contact c on c.phone = k.phone
left join lateral (
  select json_object_agg(m.group_id, ${instant('m.joined_at')}) as groups from group_member m where m.phone = k.phone
) g on true
left join lateral (
  select json_agg(x.topic order by x.topic) as suppressed from suppression x where x.phone = k.phone
) x on true`

interface LoadedRow {
  readonly channel: string
  readonly phone: string
  readonly rev: number | null
  readonly run_id: string | null
  readonly state: StoredSession | null
  readonly timers: readonly StoredTimer[] | null
  readonly pending: readonly PendingRequest[] | null
  readonly contact: string | null
  readonly name: string | null
  readonly language: string | null
  readonly timezone: string | null
  readonly fields: ContactRow['fields'] | null
  readonly groups: ContactRow['groups'] | null
  readonly last_heard_at: Date | null
  readonly suppressed: readonly string[] | null
  readonly has_pending_start: boolean
}

/** LOAD: what is stored about each of `keys`; one row for every key, `rev` 0 for those never heard of. */
export async function loadSessions(sql: Sql, keys: readonly SessionKey[]): Promise<SessionRow[]> {
  if (keys.length === 0) return []
  const rows = await sql.query<LoadedRow>(sql.isDistributed ? distributed : text, [
    JSON.stringify(keys.map(sessionKeyRow)),
  ])
  return rows.map((row) => ({
    channel: row.channel,
    phone: row.phone,
    rev: row.rev ?? 0,
    runId: row.run_id,
    state: row.state,
    timers: row.timers ?? [],
    pending: row.pending ?? [],
    contact: contactOf(row),
    suppressed: row.suppressed ?? [],
    hasPendingStart: row.has_pending_start,
  }))
}

function contactOf({ contact, last_heard_at: heard, fields, groups, ...row }: LoadedRow): ContactRow | null {
  if (contact === null) return null
  const { name, language, timezone } = row
  return { name, language, timezone, fields: fields ?? {}, groups: groups ?? {}, lastHeardAt: heard?.getTime() ?? null }
}
