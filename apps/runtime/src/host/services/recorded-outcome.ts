import { bucketOf } from '../../db/bucket.ts'
import type { SessionKey } from '../../db/hot/types.ts'
import type { Sql } from '../../db/sql.ts'

/** What became of a request when it was first made. */
export interface RecordedOutcome {
  /** As `outcomeText` writes it. */
  readonly outcome: string
  /** The id that was told then: of the MT, or of the run. */
  readonly id: string | null
}

/** Looks up in the inbox what became of a request that came a second time. */
export async function recordedOutcome(
  sql: Sql,
  { channel, phone, messageId }: SessionKey & { readonly messageId: string },
): Promise<RecordedOutcome | undefined> {
  const rows = await sql.query<{ outcome: string; id: string | null }>(
    `select outcome, body ->> 'id' as id from inbox
     where bucket = $1::smallint and channel = $2::text and message_id = $3::text`,
    [bucketOf(channel, phone), channel, messageId],
  )
  return rows[0]
}
