import type { Sql } from '../sql.ts'
import { outboxKeyColumns } from './keys.ts'
import { iso, lookedUp, names } from './recordset.ts'

const key = names(outboxKeyColumns)

// Put off rather than taken away: a process that dies over it has not asked.
const claim = `
with late as materialized (
  select ${key} from outbox
  where link = $1::text and ask_at is not null and ask_at <= $2::timestamptz
  order by ask_at limit $3::int for update skip locked)
update outbox o set ask_at = $4::timestamptz from late l where ${lookedUp('o', 'l', Object.keys(outboxKeyColumns))}
returning o.id, o.state, o.expires_at <= $5::timestamptz as "isOld"`

const answered =
  "update outbox set ask_at = null where id = any(array(select json_array_elements_text($1::json)::uuid)) and kind = 'sms'"

/** An MT whose network is to be asked now. */
export interface LateMt {
  readonly id: string
  readonly state: string
  /** True where it is no use to ask any longer. */
  readonly isOld: boolean
}

/** The MTs of a link that wait for a receipt beyond their time. They come again at `againAt`, unless they were answered. */
export async function lateMts(
  sql: Sql,
  request: {
    readonly link: string
    readonly now: number
    readonly limit: number
    readonly againAt: number
    /** MTs whose validity ended before are old. */
    readonly oldAt: number
  },
): Promise<readonly LateMt[]> {
  const { link, now, limit, againAt, oldAt } = request
  return sql.query<LateMt & Record<string, unknown>>(claim, [link, iso(now), limit, iso(againAt), iso(oldAt)])
}

/** The network has answered, or never will: nothing is asked about these any more. */
export async function doneAsking(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql.query(answered, [JSON.stringify(ids)])
}
