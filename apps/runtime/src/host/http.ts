import type { Clock, Json } from '@textloom/core'
import type { ClaimedHttp } from '../db/hot/http-outbox.ts'
import { storableJson } from './border.ts'
import { type Deliveries, type DeliveryStore, startDeliveries } from './deliveries.ts'
import { type GuardedFetch, type OutgoingAnswer, OutgoingError } from './guarded-fetch.ts'
import type { HttpAnswer } from './incoming.ts'
import type { Pauses } from './pauses.ts'
import type { Submit } from './submit.ts'
import type { HttpPayload } from './turn/http.ts'
import { untilStored } from './until-stored.ts'

export interface RequesterDeps {
  readonly store: DeliveryStore
  readonly clock: Clock
  readonly owner: string
  readonly guarded: Pick<GuardedFetch, 'fetch'>
  readonly submit: Submit
  failed(error: Error): void
  readonly pauses?: Pauses
}

/**
 * Makes the HTTP requests of flows, outside any transaction: a request is an outbox row until the store that handles
 * its answer settles it.
 */
export function startRequester({ guarded, submit, ...rest }: RequesterDeps): Deliveries {
  const { clock, failed } = rest
  let isStopped = false

  async function deliver(request: ClaimedHttp): Promise<undefined> {
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
    await untilStored(() => submit(event), { isStopped: () => isStopped, failed })
  }

  const deliveries = startDeliveries({ ...rest, deliver })
  return {
    ...deliveries,
    async stop(graceMs) {
      await deliveries.stop(graceMs)
      isStopped = true
    },
  }
}

/** Makes the request. Its outbox id is the `Idempotency-Key`, the same on every attempt of ours. */
export async function answerTo(
  request: Pick<ClaimedHttp, 'id' | 'payload'>,
  guarded: Pick<GuardedFetch, 'fetch'>,
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
