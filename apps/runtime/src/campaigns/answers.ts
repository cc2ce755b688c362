import { foldBare } from '@textloom/core'
import { bucketOf } from '../db/bucket.ts'
import type { Sql } from '../db/sql.ts'
import type { CampaignRow } from './campaigns.ts'

/** What was answered to one question. */
export interface Answers {
  question: string
  total: number
  /** The most frequent first. */
  answers: { answer: string; count: number }[]
  /** Answers beyond those. */
  others: number
}

const PAGE = 2_000
const MOST_ANSWERS = 50

interface Said {
  readonly question: string
  readonly answer: string
}

/** The results that a campaign's flows recorded, or the first replies to its message, counted. */
export async function answersOf(sql: Sql, { id, definition, startedAt }: CampaignRow): Promise<Answers[]> {
  const counts = new Map<string, Map<string, { answer: string; count: number }>>()
  const { content, channel } = definition
  for (let after = { phone: '', occurrence: '' }; ; ) {
    const page = await sql.query<{ phone: string; occurrence: string; runId: string | null; messageId: string | null }>(
      `select phone, occurrence, run_id as "runId", message_id as "messageId" from campaign_recipient
       where campaign = $1::uuid and (phone, occurrence) > ($2::text, $3::text) and (replied_at is not null or run_id is not null)
       order by phone, occurrence limit ${PAGE}`,
      [id, after.phone, after.occurrence],
    )
    const said =
      content.kind === 'flow'
        ? await results(sql, { channel, since: startedAt ?? new Date(0), page })
        : await replies(sql, { channel, page })
    for (const { question, answer } of said) add(counts, question, answer)
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) break
    after = last
  }
  return [...counts].map(([question, found]) => {
    const sorted = [...found.values()].sort((a, b) => b.count - a.count)
    const rest = sorted.slice(MOST_ANSWERS)
    const sum = (list: readonly { count: number }[]) => list.reduce((all, { count }) => all + count, 0)
    return { question, total: sum(sorted), answers: sorted.slice(0, MOST_ANSWERS), others: sum(rest) }
  })
}

/** `Yes`, `YES` and `yes.` are one answer, shown as it first came. */
function add(
  counts: Map<string, Map<string, { answer: string; count: number }>>,
  question: string,
  answer: string,
): void {
  const found = counts.get(question) ?? new Map<string, { answer: string; count: number }>()
  const key = foldBare(answer)
  const before = found.get(key) ?? { answer, count: 0 }
  found.set(key, { ...before, count: before.count + 1 })
  counts.set(question, found)
}

interface Asked {
  readonly channel: string
  readonly page: readonly { readonly phone: string; readonly runId: string | null; readonly messageId: string | null }[]
}

function results(sql: Sql, { channel, since, page }: Asked & { readonly since: Date }): Promise<Said[]> {
  const runs = page.flatMap(({ phone, runId }) =>
    runId === null ? [] : [{ bucket: bucketOf(channel, phone), phone, run: runId }],
  )
  return sql.query<Said>(
    `select e.data ->> 'name' as question, left(coalesce(e.data ->> 'category', e.data ->> 'value', ''), 200) as answer
     from json_to_recordset($1::text::json) as x(bucket smallint, phone text, run text)
     join event e on e.bucket = x.bucket and e.channel = $2::text and e.phone = x.phone
     where e.kind = 'result' and e.at >= $3::timestamptz and e.data ->> 'run' = x.run`,
    [JSON.stringify(runs), channel, since],
  )
}

function replies(sql: Sql, { channel, page }: Asked): Promise<Said[]> {
  const asked = page.flatMap(({ phone, messageId }) => (messageId === null ? [] : [{ phone, message: messageId }]))
  return sql.query<Said>(
    `select 'reply' as question, left(m.text, 200) as answer
     from json_to_recordset($1::text::json) as x(phone text, message uuid)
     cross join lateral (
       select body ->> 'text' as text from inbox
       where kind = 'mo' and phone = x.phone and id > x.message and channel = $2::text and outcome <> 'keyword:stop'
       order by id limit 1) m
     where m.text is not null`,
    [JSON.stringify(asked), channel],
  )
}
