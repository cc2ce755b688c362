import type { Sql } from '../sql.ts'
import { sessionKeyColumns, sessionKeyRow } from './keys.ts'
import { lookedUp, recordset } from './recordset.ts'
import type { SessionKey } from './types.ts'

const text = `
select i.channel, i.message_id
from ${recordset(1, 'k', { ...sessionKeyColumns, message_id: 'text' })}
join inbox i on ${lookedUp('i', 'k', ['bucket', 'channel', 'message_id'])}`

/** Names one thing that came in. */
export interface InboxKey extends SessionKey {
  readonly messageId: string
}

/** Which of `keys` the inbox already knows: what to leave out of a batch that met a conflict. */
export async function findRedelivered<Key extends InboxKey>(sql: Sql, keys: readonly Key[]): Promise<Key[]> {
  if (keys.length === 0) return []
  const list = keys.map((key) => ({ ...sessionKeyRow(key), message_id: key.messageId }))
  const rows = await sql.query<{ channel: string; message_id: string }>(text, [JSON.stringify(list)])
  const known = new Set(rows.map((row) => `${row.channel}\0${row.message_id}`))
  return keys.filter((key) => known.has(`${key.channel}\0${key.messageId}`))
}
