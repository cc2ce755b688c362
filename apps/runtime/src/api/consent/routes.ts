import * as z from 'zod'
import { csvLine, csvMark } from '../../exports/csv-cell.ts'
import { firstIdAt } from '../../host/ids.ts'
import { decideReview, listReviews } from '../../people/consent-reviews.ts'
import { actorOf, phoneOf } from '../contacts/means.ts'
import { timeField, timeText, uuidParams } from '../http/fields.ts'
import { idCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, resource } from '../http/route.ts'
import type { ApiServices, ApiSettings } from '../services.ts'

const tags = ['Consent']

const entrySchema = z
  .object({
    id: z.string(),
    phone: z.string(),
    topic: z.string().meta({ description: 'Empty: messages at all.' }),
    state: z
      .enum(['in', 'out', 'pending', 'none'])
      .meta({ description: '`none`: an import that said otherwise was undone, and nothing had been said before.' }),
    channel: z.string().nullable(),
    words: z.string().nullable().meta({ description: 'What the contact said, or was shown.' }),
    source: z
      .string()
      .meta({ description: '`keyword`, `flow`, `agent`, `api`, `import`, `form`, `review`, `erased`.' }),
    by: z.string().meta({ description: 'Who recorded it; empty for the contact.' }),
    actor: z.string(),
    message: z.string().nullable().meta({ description: 'The MO that said it.' }),
    at: z.string(),
  })
  .meta({ id: 'ConsentEntry' })

const reviewSchema = z
  .object({
    id: z.string(),
    channel: z.string(),
    phone: z.string(),
    name: z.string().nullable(),
    message: z.string(),
    text: z.string(),
    at: z.string(),
    state: z.enum(['open', 'accepted', 'dismissed']),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
  })
  .meta({ id: 'ConsentReview' })

const filter = {
  phone: z.string().max(40).optional(),
  topic: z.string().max(64).optional(),
  since: timeField.optional(),
  until: timeField.optional(),
}

const routes = {
  entries: createRoute({
    method: 'get',
    path: '/entries',
    tags,
    summary: 'The consent ledger',
    request: { query: z.object({ ...pageQuery, ...filter }) },
    responses: { 200: json(pageOf(entrySchema), 'The newest first.') },
  }),
  export: createRoute({
    method: 'get',
    path: '/export',
    tags,
    summary: 'The consent ledger as CSV, for an audit',
    description:
      'UTF-8 with a byte order mark; phone numbers as text, and nothing that a spreadsheet takes for a formula.',
    request: { query: z.object(filter) },
    responses: { 200: { description: 'The oldest first.', content: { 'text/csv': { schema: z.string() } } } },
  }),
  reviews: createRoute({
    method: 'get',
    path: '/reviews',
    tags,
    summary: 'Texts that may have meant STOP',
    request: { query: z.object({ ...pageQuery, state: z.enum(['open', 'accepted', 'dismissed']).default('open') }) },
    responses: { 200: json(pageOf(reviewSchema), 'The newest first.') },
  }),
  accept: createRoute({
    method: 'post',
    path: '/reviews/{id}/accept',
    tags,
    summary: 'Take a text for a STOP',
    description: 'As if they had replied STOP: one confirmation, then nothing more, and what runs with them ends.',
    request: { params: uuidParams },
    responses: { 200: json(reviewSchema, 'Opted out.') },
  }),
  dismiss: createRoute({
    method: 'post',
    path: '/reviews/{id}/dismiss',
    tags,
    summary: 'Say that a text was no STOP',
    request: { params: uuidParams },
    responses: { 200: json(reviewSchema, 'Nothing else happens.') },
  }),
}

interface EntryRow {
  readonly id: string
  readonly phone: string
  readonly topic: string
  readonly state: 'in' | 'out' | 'pending' | 'none'
  readonly channel: string | null
  readonly words: string | null
  readonly source: string
  readonly by: string
  readonly actor: string
  readonly message: string | null
  readonly at: Date
}

const columns = 'id, phone, topic, state, channel, words, source, actor_name as "by", actor, message, at'
const EXPORTED_AT_ONCE = 1_000

/** `/consent`: who agreed to what, and texts that may have been a STOP. */
export function consent(api: ApiServices, settings: Pick<ApiSettings, 'defaultCountry'>) {
  const { sql, services } = api

  interface Filter {
    phone?: string | undefined
    topic?: string | undefined
    since?: number | undefined
    until?: number | undefined
  }

  function where({ phone, topic, since, until }: Filter): { text: string; params: (string | null)[] } {
    return {
      text: `($1::text is null or phone = $1::text) and ($2::text is null or topic = $2::text)
        and id >= $3::text::uuid and id < $4::text::uuid`,
      params: [
        phone === undefined ? null : phoneOf(phone, settings),
        topic ?? null,
        since === undefined ? LOWEST : firstIdAt(since),
        until === undefined ? HIGHEST : firstIdAt(until),
      ],
    }
  }

  async function* lines(filter: Filter): AsyncGenerator<string> {
    yield `${csvMark}${csvLine(['at', 'phone', 'topic', 'state', 'channel', 'words', 'source', 'by', 'actor', 'message', 'id'])}`
    const { text, params } = where(filter)
    for (let after = LOWEST; ; ) {
      const rows = await sql.query<EntryRow>(
        `select ${columns} from consent_entry where ${text} and id > $5::text::uuid order by id limit ${EXPORTED_AT_ONCE}`,
        [...params, after],
      )
      yield rows
        .map(({ at, phone, topic, state, channel, words, source, by, actor, message, id }) =>
          csvLine([
            timeText(at),
            phone,
            topic,
            state,
            channel ?? '',
            words ?? '',
            source,
            by,
            actor,
            message ?? '',
            id,
          ]),
        )
        .join('')
      const last = rows.at(-1)
      if (last === undefined || rows.length < EXPORTED_AT_ONCE) return
      after = last.id
    }
  }

  return resource()
    .openapi(routes.entries, async (c) => {
      const { limit, cursor, ...asked } = c.req.valid('query')
      const { text, params } = where(asked)
      const rows = await sql.query<EntryRow>(
        `select ${columns} from consent_entry where ${text} and id < $5::text::uuid order by id desc limit $6::int`,
        [...params, idCursor(cursor) ?? HIGHEST, limit + 1],
      )
      const page = pageFrom(rows, limit, ({ id }) => id)
      return c.json({ ...page, items: page.items.map((row) => ({ ...row, at: timeText(row.at) })) }, 200)
    })
    .openapi(routes.export, (c) => {
      const source = lines(c.req.valid('query'))
      const encoder = new TextEncoder()
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value, done } = await source.next()
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value))
        },
        async cancel() {
          await source.return(undefined)
        },
      })
      return c.body(body, 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="consent.csv"',
      })
    })
    .openapi(routes.reviews, async (c) => {
      const { limit, cursor, state } = c.req.valid('query')
      const rows = await listReviews(sql, { state, before: idCursor(cursor), limit: limit + 1 })
      const page = pageFrom(rows, limit, ({ id }) => id)
      return c.json({ ...page, items: page.items.map(reviewItem) }, 200)
    })
    .openapi(routes.accept, async (c) => {
      const { id } = c.req.valid('param')
      const { actor, actorName } = actorOf(c)
      await services.acceptReview({ id, actor, actorName })
      return c.json(reviewItem(await reviewOf(id)), 200)
    })
    .openapi(routes.dismiss, async (c) => {
      const { id } = c.req.valid('param')
      const { actor, actorName } = actorOf(c)
      await reviewOf(id)
      await decideReview(sql, { id, state: 'dismissed', actor, actorName, now: api.clock.now() })
      return c.json(reviewItem(await reviewOf(id)), 200)
    })

  async function reviewOf(id: string) {
    const [found] = await listReviews(sql, { id, limit: 1 })
    if (found === undefined) throw new Problem('consent/no-review', `There is no text ${id} to review.`)
    return found
  }
}

const LOWEST = '00000000-0000-0000-0000-000000000000'
const HIGHEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

function reviewItem(row: Awaited<ReturnType<typeof listReviews>>[number]): z.infer<typeof reviewSchema> {
  const { at, decidedAt, ...rest } = row
  return { ...rest, at: timeText(at), decidedAt: decidedAt === null ? null : timeText(decidedAt) }
}
