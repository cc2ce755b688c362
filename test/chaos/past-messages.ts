import type { Storage } from '@textloom/runtime/testing/system'

type Sql = NonNullable<Storage['sql']>

/** Phones of the past, who are nobody's of the present. */
const PHONE = `'+3670' || lpad((i % 100000)::text, 7, '0')`
/** As ids are that were given long ago. */
const ID = `('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid`
const AT = `now() - interval '1 day' - (i % 86400) * interval '1 second'`

/** Fills a database with messages that are long settled, half of them MOs. It stands at any schema of ours. */
export async function insertPastMessages(sql: Sql, count: number): Promise<void> {
  await sql.script(`
    insert into inbox (bucket, channel, phone, message_id, id, kind, link, body, at, outcome)
    select i % 128, '4040', ${PHONE}, 'past-' || i, ${ID}, 'mo', 'smsc',
      json_build_object('text', 'past ' || i), ${AT}, 'transition'
    from generate_series(1, ${Math.ceil(count / 2)}) i;
    insert into outbox (bucket, channel, phone, rev, n, id, kind, link, phone_hash, source, segments, priority, payload,
      topic, is_consent, state, created_at, due_at, sent_at, attempt)
    select i % 128, '4040', ${PHONE}, 1000000 + i, 0, ${ID}, 'sms', 'smsc', i, 'flow', 1, 5,
      json_build_object('text', 'past ' || i, 'from', '4040', 'to', ${PHONE}), 'all', false, 'delivered', ${AT}, ${AT}, ${AT}, 1
    from generate_series(1, ${Math.floor(count / 2)}) i;`)
}

/** How many messages there are, of both directions. */
export async function countPastMessages(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ count: number }>(`
    select (select count(*) from inbox where message_id like 'past-%')
      + (select count(*) from outbox where rev > 1000000) as count`)
  return row?.count ?? 0
}
