import type { Inbound } from '@textloom/core'
import type { HttpSettings } from '../settings.ts'
import { fillText } from '../template.ts'
import type { InboundAnswer, InboundRefusal, InboundRequest } from './exchange.ts'
import { type ReadRequest, readFields } from './read-fields.ts'
import { type MoIds, readInbound, Unreadable } from './read-inbound.ts'
import { unprovenBecause } from './verify.ts'

/** What receiving needs of the link. */
export interface Receiver {
  readonly settings: HttpSettings
  readonly publicUrl: string | undefined
  now(): number
  readonly moId: MoIds
  /** Rejects when it could not be stored. */
  store(inbound: Inbound): Promise<void>
  log(level: 'debug' | 'info' | 'warn', message: string, fields?: { readonly [name: string]: unknown }): void
}

const nothing: ReadRequest = { items: [], octetsOf: () => undefined, form: new Map(), query: new Map() }

/** Takes in a request of the provider: proven first, then read, and answered well only once all of it is stored. */
export async function receive(request: InboundRequest, receiver: Receiver): Promise<InboundAnswer | InboundRefusal> {
  const { settings, publicUrl } = receiver
  const { read, problem } = readOrProblem(request, settings)
  const unproven = unprovenBecause({ request, read, settings, publicUrl, now: receiver.now() })
  if (unproven !== undefined) {
    receiver.log('warn', 'http: what came in was not from the provider', { problem: unproven })
    return { kind: 'unproven', detail: unproven }
  }
  try {
    if (problem !== undefined) throw new Unreadable(problem)
    const events = inboundIn(request, read, receiver)
    // One after the other: they are in the order in which they happened.
    for (const inbound of events) await receiver.store(inbound)
    return stored(events, settings)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    receiver.log('warn', 'http: what came in could not be taken', { problem: detail })
    if (error instanceof Unreadable) return { kind: 'unreadable', detail }
    return { kind: 'unavailable', detail: 'It could not be stored. Send it again.' }
  }
}

function readOrProblem(
  request: InboundRequest,
  { inboundAuth }: HttpSettings,
): { read: ReadRequest; problem?: string } {
  const isBodyAlone =
    inboundAuth === 'hmac' ||
    inboundAuth === 'standard-webhooks' ||
    (inboundAuth === 'token' && request.headers['webhook-signature'] !== undefined)
  try {
    return { read: readFields(request, !isBodyAlone) }
  } catch (error) {
    return { read: nothing, problem: error instanceof Error ? error.message : String(error) }
  }
}

function inboundIn({ headers }: InboundRequest, read: ReadRequest, receiver: Receiver): readonly Inbound[] {
  const { settings, log } = receiver
  const { 'webhook-id': webhookId } = headers
  const moId: MoIds = (id) => receiver.moId(id ?? (read.items.length === 1 ? webhookId : undefined))
  return read.items.flatMap((item) => {
    const inbound = readInbound(item, read, settings, moId)
    if (inbound === undefined) log('debug', 'http: what came in is neither a message nor a receipt')
    return inbound ?? []
  })
}

function stored(events: readonly Inbound[], { answer, answerType }: HttpSettings): InboundAnswer {
  const [first] = events
  const id = first === undefined ? '' : first.type === 'dlr' ? first.providerId : first.id.replace(/^mo:[^:]*:/, '')
  const body = fillText(answer, { id }, (value) =>
    /json/.test(answerType) ? JSON.stringify(value).slice(1, -1) : value,
  )
  return { kind: 'stored', body: body ?? '', contentType: answerType }
}
