import type { Clock, Json } from '@textloom/core'
import { type ClaimedHttp, claimHttp } from '../db/hot/http-outbox.ts'
import { takeOverHttp } from '../db/hot/take-over.ts'
import { unclaimHttp } from '../db/hot/unclaim.ts'
import type { Sql } from '../db/sql.ts'
import { storableJson } from './border.ts'
import { type GuardedFetch, type OutgoingAnswer, OutgoingError } from './guarded-fetch.ts'
import type { HttpAnswer } from './incoming.ts'
import { startLoop } from './loop.ts'
import type { Submit } from './submit.ts'
import type { HttpPayload } from './turn/http.ts'

export interface RequesterDeps {
  readonly sql: Sql
  readonly clock: Clock
  readonly owner: string
  readonly guarded: GuardedFetch
  readonly submit: Submit
  failed(error: Error): void
}

/** What makes the requests. */
export interface Requester {
  /** There may be a request to make. */
  wake(): void
  /** Buckets became ours: what their owners before us left unanswered is asked again. */
  tookOver(): void
  /** Begins no more requests, and waits at most `graceMs` for those under way; the others are made again later. */
  stop(graceMs: number): Promise<void>
}

const POLL_MS = 500
/** Slow servers take one place each; so many of them make the others wait. */
const MOST_AT_ONCE = 64

/**
 * Makes the HTTP requests of flows, outside any transaction: a request is an outbox row until the store that handles
 * its answer settles it.
 */
export function startRequester({ sql, clock, owner, guarded, submit, failed }: RequesterDeps): Requester {
  const underWay = new Map<string, { readonly request: ClaimedHttp; readonly handled: Promise<void> }>()
  let isInDoubt = false
  let isStopped = false
  let hasTakenOver = false

  const loop = startLoop(async () => {
    if (hasTakenOver) {
      await takeOverHttp(sql, { owner, now: clock.now() })
      hasTakenOver = false
    }
    if (isInDoubt) {
      await unclaimHttp(sql, { owner, inFlight: [...underWay.values()].map(({ request }) => request) })
      isInDoubt = false
    }
    const limit = MOST_AT_ONCE - underWay.size
    if (limit <= 0) return POLL_MS
    isInDoubt = true
    const claimed = await claimHttp(sql, { owner, retries: [], limit, now: clock.now() })
    isInDoubt = false
    for (const request of claimed) {
      const handled = handle(request).finally(() => {
        underWay.delete(request.id)
        loop.wake()
      })
      underWay.set(request.id, { request, handled })
    }
    return POLL_MS
  }, failed)

  async function handle(request: ClaimedHttp): Promise<void> {
    const { channel, phone, rev, n, id } = request
    const answer = await answerTo(request, guarded)
    const event = {
      kind: 'http',
      channel,
      phone,
      messageId: `http:${id}`,
      key: { channel, phone, rev, n },
      answer,
      at: clock.now(),
    } as const
    // While nothing can be stored the answer is kept here; it is asked for again only if we die.
    while (!isStopped) {
      try {
        await submit(event)
        return
      } catch (error) {
        failed(error instanceof Error ? error : new Error(String(error)))
      }
    }
  }

  return {
    wake: loop.wake,
    tookOver() {
      hasTakenOver = true
      loop.wake()
    },
    async stop(graceMs) {
      await loop.stop()
      const all = Promise.allSettled([...underWay.values()].map(({ handled }) => handled))
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
      isStopped = true
    },
  }
}

/** Makes the request. Its outbox id is the `Idempotency-Key`, the same on every attempt of ours. */
export async function answerTo(
  request: Pick<ClaimedHttp, 'id' | 'payload'>,
  guarded: GuardedFetch,
): Promise<HttpAnswer> {
  const { method, url, headers, body, timeoutMs } = request.payload as unknown as HttpPayload
  const isText = typeof body === 'string'
  const media = body === undefined ? {} : { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json' }
  try {
    const answer = await guarded.fetch({
      method,
      url,
      headers: {
        accept: 'application/json, text/*;q=0.5',
        'user-agent': 'Textloom',
        ...media,
        ...lowerCased(headers),
        'idempotency-key': request.id,
      },
      timeoutMs,
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    })
    return { status: answer.status, ...bodyOf(answer) }
  } catch (error) {
    const { kind, message } = error instanceof OutgoingError ? error : new OutgoingError('network', String(error))
    return { error: kind, message }
  }
}

function bodyOf({ text }: OutgoingAnswer): { body?: Json } {
  if (text === '') return {}
  try {
    return { body: storableJson(JSON.parse(text) as Json) }
  } catch {
    return { body: storableJson(text) }
  }
}

function lowerCased(headers: HttpPayload['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
