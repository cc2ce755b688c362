import type { PartEncoding } from '@textloom/core'
import { bucketOf } from '../bucket.ts'
import type { Sql } from '../sql.ts'
import { iso } from './recordset.ts'
import type { PartKey } from './types.ts'

/** One part of a long MO as it came. */
export interface Part extends PartKey {
  readonly total: number
  readonly encoding: PartEncoding
  readonly octetsHex: string
  readonly link: string
  readonly messageId: string
  /** The address the MO was sent to. */
  readonly recipient: string
  readonly receivedAt: number
}

/** What is there once a part is stored. */
export interface StoredParts {
  /** False for a redelivery: of a part still waiting, or of one whose message is already handled. */
  readonly isNew: boolean
  /** The waiting parts of this message, this one among them, by sequence. */
  readonly waiting: readonly Part[]
}

interface PartRow {
  readonly channel: string
  readonly phone: string
  readonly reference: string
  readonly sequence: number
  readonly total: number
  readonly encoding: PartEncoding
  readonly octets_hex: string
  readonly link: string
  readonly message_id: string
  readonly recipient: string
  readonly received_at: Date
  readonly done_at: Date | null
}

// A reference is used again sooner or later (8 bits: after 255 messages): other octets, or the same ones long after
// their message was handled, are a new message.
const insert = `
with stored as (
  insert into part (bucket, channel, phone, reference, sequence, total, encoding, octets_hex, link, message_id,
    recipient, received_at)
  values ($1::smallint, $2::text, $3::text, $4::text, $5::smallint, $6::smallint, $7::text, $8::text, $9::text,
    $10::text, $11::text, $12::timestamptz)
  on conflict (bucket, channel, phone, reference, sequence) do update
  set total = excluded.total, encoding = excluded.encoding, octets_hex = excluded.octets_hex, link = excluded.link,
    message_id = excluded.message_id, recipient = excluded.recipient, received_at = excluded.received_at,
    done_at = null
  where part.octets_hex <> excluded.octets_hex or part.total <> excluded.total
    or part.done_at < excluded.received_at - $13::int * interval '1 ms'
  returning *
)
select *, true as is_new from stored
union all
select *, false from part
where bucket = $1::smallint and channel = $2::text and phone = $3::text and reference = $4::text
  and sequence not in (select sequence from stored)
order by sequence`

/**
 * Stores one part of a long MO; only then may it be acknowledged. `reuseAfterMs`: how long after its message was
 * handled the same part is a redelivery and not a new message.
 */
export async function storePart(sql: Sql, part: Part, reuseAfterMs: number): Promise<StoredParts> {
  const rows = await sql.query<PartRow & { is_new: boolean }>(insert, [
    bucketOf(part.channel, part.phone),
    part.channel,
    part.phone,
    part.reference,
    part.sequence,
    part.total,
    part.encoding,
    part.octetsHex,
    part.link,
    part.messageId,
    part.recipient,
    iso(part.receivedAt),
    reuseAfterMs,
  ])
  return {
    isNew: rows.some((row) => row.is_new),
    waiting: rows.filter((row) => row.done_at === null && row.total === part.total).map(partOf),
  }
}

const waiting = `
select p.* from part p
where p.done_at is null and not exists (
  select 1 from part q
  where q.bucket = p.bucket and q.channel = p.channel and q.phone = p.phone and q.reference = p.reference
    and q.done_at is null and q.received_at > $1::timestamptz)
order by p.received_at, p.bucket, p.channel, p.phone, p.reference, p.sequence limit $2::int`

/**
 * Parts of messages of which nothing came since `before`: incomplete ones to be released as they are, and complete
 * ones whose process died before it handled them.
 */
export async function overdueParts(
  sql: Sql,
  request: { readonly before: number; readonly limit: number },
): Promise<Part[]> {
  return (await sql.query<PartRow>(waiting, [iso(request.before), request.limit])).map(partOf)
}

function partOf(row: PartRow): Part {
  return {
    channel: row.channel,
    phone: row.phone,
    reference: row.reference,
    sequence: row.sequence,
    total: row.total,
    encoding: row.encoding,
    octetsHex: row.octets_hex,
    link: row.link,
    messageId: row.message_id,
    recipient: row.recipient,
    receivedAt: row.received_at.getTime(),
  }
}
