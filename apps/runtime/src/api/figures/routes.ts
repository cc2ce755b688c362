import { LRUCache } from 'lru-cache'
import * as z from 'zod'
import { durationField, timeText } from '../http/fields.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { endings, responseTimes } from './queries.ts'

const DAY_MS = 86_400_000
const LONGEST_MS = 31 * DAY_MS
const KEPT_MS = 10_000

const figuresSchema = z
  .object({
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    responseTime: z
      .object({
        count: z.int().meta({ description: 'How many texts were answered.' }),
        averageMs: z.number().nullable(),
        p95Ms: z.number().nullable().meta({ description: '95 of 100 waited no longer.' }),
      })
      .meta({ description: 'From the arrival of a text until the network took the first answer to it.' }),
    conversations: z.object({
      ended: z.int(),
      withoutPerson: z.int().meta({ description: 'Those that were not handed over to a person.' }),
      share: z.number().nullable().meta({ description: 'The latter of the former, 0 to 1; null for none.' }),
      outcomes: z.record(z.string(), z.int()),
    }),
    optOuts: z.int().meta({ description: 'Phones that said STOP.' }),
  })
  .meta({ id: 'Figures' })

type Figures = z.infer<typeof figuresSchema>

const route = createRoute({
  method: 'get',
  path: '/',
  tags: ['Figures'],
  summary: 'How it is going: waiting times, conversations without a person, opt-outs',
  request: {
    query: z.object({
      window: durationField.optional().meta({ description: 'How far back, up to P31D. Default P1D.' }),
    }),
  },
  responses: { 200: json(figuresSchema, 'Up to now; ten seconds old at most.') },
})

/** `/figures`: three figures from what happened. */
export function figures({ sql, clock }: ApiServices) {
  // A page that is open in ten browsers asks ten times for the same.
  const recent = new LRUCache<number, Promise<Figures>>({ max: 20, ttl: KEPT_MS })

  async function figuresOf(windowMs: number): Promise<Figures> {
    const until = clock.now()
    const span = { since: until - windowMs, until }
    const responseTime = await responseTimes(sql, span)
    const { ended, outcomes, optOuts } = await endings(sql, span)
    const withoutPerson = ended - (outcomes.handed_over ?? 0)
    return {
      since: timeText(span.since),
      until: timeText(until),
      responseTime,
      conversations: {
        ended,
        withoutPerson,
        share: ended === 0 ? null : withoutPerson / ended,
        outcomes: { ...outcomes },
      },
      optOuts,
    }
  }

  return resource().openapi(route, async (c) => {
    const { window: windowMs = DAY_MS } = c.req.valid('query')
    if (windowMs <= 0 || windowMs > LONGEST_MS) {
      const message = 'window must be a duration up to P31D, such as PT1H or P7D.'
      throw new Problem('request/invalid', message, { issues: [{ in: 'query', path: 'window', message }] })
    }
    const asked = recent.get(windowMs) ?? figuresOf(windowMs)
    recent.set(windowMs, asked, { noUpdateTTL: true })
    asked.catch(() => recent.delete(windowMs))
    return c.json(await asked, 200)
  })
}
