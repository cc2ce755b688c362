import { iso } from '../db/hot/recordset.ts'
import type { Sql } from '../db/sql.ts'

/** A text that may have meant STOP. */
export interface ConsentReview {
  readonly id: string
  readonly channel: string
  readonly phone: string
  /** The contact's name, where it is known. */
  readonly name: string | null
  /** The public id of the MO. */
  readonly message: string
  readonly text: string
  readonly at: Date
  readonly state: 'open' | 'accepted' | 'dismissed'
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

export interface ReviewFilter {
  readonly id?: string
  readonly state?: ConsentReview['state']
  readonly before?: string | undefined
  readonly limit: number
}

/** The newest first. */
export function listReviews(sql: Sql, { id, state, before, limit }: ReviewFilter): Promise<ConsentReview[]> {
  // An open state as a literal, so that its index is seen.
  const ofState = state === undefined ? 'true' : `r.state = '${state}'`
  return sql.query<ConsentReview>(
    `select r.id, r.channel, r.phone, c.name, r.message, r.text, r.at, r.state, r.decided_by_name as "decidedBy",
       r.decided_at as "decidedAt"
     from consent_review r left join contact c on c.phone = r.phone
     where ${ofState} and ($1::text is null or r.id = $1::text::uuid) and ($2::text is null or r.id < $2::text::uuid)
     order by r.id desc limit $3::int`,
    [id ?? null, before ?? null, limit],
  )
}

/** Notes what a person decided; the first decision stays. True when it was this one. */
export async function decideReview(
  sql: Sql,
  {
    id,
    state,
    actor,
    actorName,
    now,
  }: {
    readonly id: string
    readonly state: 'accepted' | 'dismissed'
    readonly actor: string
    readonly actorName: string
    readonly now: number
  },
): Promise<boolean> {
  const decided = await sql.query(
    `update consent_review set state = $2::text, decided_by = $3::text, decided_by_name = $4::text,
       decided_at = $5::timestamptz where id = $1::uuid and state = 'open' returning 1`,
    [id, state, actor, actorName, iso(now)],
  )
  return decided.length > 0
}
