import { createHash } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { MiddlewareHandler } from 'hono'
import * as z from 'zod'
import { type Db, drizzleOver } from '../../db/drizzle.ts'
import { idempotencyKey } from '../../db/schema/index.ts'
import { isOpen } from '../access/permissions.ts'
import type { ApiServices } from '../services.ts'
import type { ApiEnv } from './env.ts'
import { Problem } from './problem.ts'

const KEPT_MS = 24 * 3_600_000
/** A first request that was not answered after so long never will be: its process died. */
const ABANDONED_MS = 60_000

const headerSchema = z.string().regex(/^[\x21-\x7e]{1,255}$/)

/** What is kept under a key until it is answered, and then. */
interface Kept {
  readonly reservedId: string
  /** True when the first attempt failed for now: the next one goes on in its place. */
  readonly isOpen?: boolean
  /** `Answer`, sealed: it may hold a new key. */
  readonly answer?: string
}

interface Answer {
  readonly headers: { readonly [name: string]: string }
  readonly text: string
}

const replayedHeaders = ['content-type', 'etag', 'location']

/**
 * A POST with `Idempotency-Key` is carried out once: for 24 hours the same request under the same key gets the first
 * answer again. Whatever the first attempt made has `reservedId`, so an attempt after a crash makes nothing twice.
 */
export function idempotency(services: ApiServices): MiddlewareHandler<ApiEnv> {
  const { sql, clock, ids, box } = services
  const db = drizzleOver(sql)

  return async (c, next) => {
    const header = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined
    // Who signs in is nobody yet, and what they send can be sent again.
    if (header === undefined || isOpen(c.req.path)) {
      c.set('reservedId', ids.next())
      return next()
    }
    const principal = c.get('principal').id
    const place: Place = { principal, key: keyIn(header) }
    const url = new URL(c.req.url)
    const requestHash = hashOf(`${url.pathname}${url.search}`, c.get('bodyText') ?? '')

    const claimed = await claim(db, place, { requestHash, reservedId: ids.next(), now: clock.now() })
    if ('answered' in claimed) {
      const { headers, text } = JSON.parse(box.open(claimed.answered, sealOf(place))) as Answer
      return new Response(text, { status: claimed.status, headers: { ...headers, 'idempotency-replayed': 'true' } })
    }
    const { reservedId } = claimed
    c.set('reservedId', reservedId)
    await next()
    const answer = c.res.clone()
    if (answer.status >= 500) {
      await keep(db, place, null, { reservedId, isOpen: true })
      return
    }
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => replayedHeaders.includes(name)))
    const sealed = box.seal(JSON.stringify({ headers, text: await answer.text() } satisfies Answer), sealOf(place))
    await keep(db, place, answer.status, { reservedId, answer: sealed })
  }
}

interface Place {
  readonly principal: string
  readonly key: string
}

type Claim = { readonly reservedId: string } | { readonly answered: string; readonly status: number }

/** Takes the key for this request, or finds what it was answered. @throws Problem when it is somebody else's */
async function claim(
  db: Db,
  place: Place,
  request: { readonly requestHash: string; readonly reservedId: string; readonly now: number },
): Promise<Claim> {
  const { requestHash, reservedId, now } = request
  const fresh = { ...place, requestHash, body: { reservedId } satisfies Kept, createdAt: new Date(now) }
  const inserted = await db.insert(idempotencyKey).values(fresh).onConflictDoNothing().returning()
  if (inserted.length > 0) return { reservedId }

  const [known] = await db.select().from(idempotencyKey).where(at(place))
  if (known === undefined || now - known.createdAt.getTime() > KEPT_MS) {
    await db.delete(idempotencyKey).where(at(place))
    return claim(db, place, request)
  }
  if (known.requestHash !== requestHash) {
    throw new Problem(
      'idempotency/mismatch',
      'Use a new Idempotency-Key for a new request; this one was used for another.',
    )
  }
  const kept = known.body as Kept
  if (known.status !== null && kept.answer !== undefined) return { answered: kept.answer, status: known.status }
  if (kept.isOpen !== true && now - known.createdAt.getTime() < ABANDONED_MS) throw inProgress()
  const taken = await db
    .update(idempotencyKey)
    .set({ createdAt: new Date(now), body: { reservedId: kept.reservedId } satisfies Kept })
    // Of two that come at once, one finds it changed.
    .where(and(at(place), isNull(idempotencyKey.status), eq(idempotencyKey.createdAt, known.createdAt)))
    .returning()
  if (taken.length === 0) throw inProgress()
  return { reservedId: kept.reservedId }
}

async function keep(db: Db, place: Place, status: number | null, body: Kept): Promise<void> {
  await db.update(idempotencyKey).set({ status, body }).where(at(place))
}

function at({ principal, key }: Place) {
  return and(eq(idempotencyKey.principal, principal), eq(idempotencyKey.key, key))
}

function inProgress(): Problem {
  return new Problem('idempotency/in-progress', 'Ask again in a moment.', {}, { 'retry-after': '1' })
}

function keyIn(header: string): string {
  if (headerSchema.safeParse(header).success) return header
  throw new Problem(
    'request/invalid',
    'The header Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.',
  )
}

function sealOf({ principal, key }: Place): string {
  return `answer under Idempotency-Key ${JSON.stringify([principal, key])}`
}

function hashOf(path: string, body: string): string {
  return createHash('sha256').update(`POST ${path}\n`).update(body).digest('hex')
}
