import type { Json, JsonObject } from '@textloom/core'
import { findMessage } from '../../db/messages/list-messages.ts'
import type { Sql } from '../../db/sql.ts'

/** What an outbox row of kind `webhook` holds: what happened, as the row that tells of it has it. */
export interface WebhookPayload {
  readonly type: string
  readonly at: string
  readonly data: JsonObject
}

/** What a webhook is told. */
export interface WebhookBody {
  readonly type: string
  readonly timestamp: string
  /** Counts up as things happen, for who wants them in order. */
  readonly sequence: number
  readonly data: JsonObject
}

/** Standard Webhooks 1.0 wants less than 20 kB. */
const MOST_OCTETS = 19_000

/** The body of a message: with the text, where it tells of one. What is too large is left out, and `truncated` says so. */
export async function webhookBody(
  sql: Sql,
  payload: WebhookPayload,
  { channel, phone, sequence }: { readonly channel: string; readonly phone: string; readonly sequence: number },
): Promise<string> {
  const { type, at, data } = payload
  const about = phone === '' ? {} : { channel, phone }
  const told = { ...about, ...(await dataOf(sql, type, data)) }
  const body = (all: JsonObject): string =>
    JSON.stringify({ type, timestamp: new Date(at).toISOString(), sequence, data: all } satisfies WebhookBody)
  const whole = body(told)
  if (Buffer.byteLength(whole) <= MOST_OCTETS) return whole
  const small = Object.entries(told).filter(([, value]) => Buffer.byteLength(JSON.stringify(value)) < 1_000)
  return body({ ...Object.fromEntries(small), truncated: true })
}

async function dataOf(sql: Sql, type: string, data: JsonObject): Promise<JsonObject> {
  const { run, message: id, ...rest } = data
  const session = run === undefined ? {} : { session: run }
  const message = id === undefined ? {} : { message: id }
  switch (type) {
    case 'message.received': {
      const row = await findMessage(sql, String(id))
      const { text = '', facts } = (row?.body ?? {}) as { text?: string; facts?: Json }
      const { link } = rest
      return { ...message, ...session, text, ...given({ link, facts }) }
    }
    case 'message.status':
      return { ...message, ...session, ...rest, status: statusOf(data) }
    default:
      return { ...session, ...message, ...rest }
  }
}

/** What a row of the history says of the whole text: a receipt is of one segment. */
function statusOf({ state, code }: JsonObject): Json {
  return code === undefined && state === undefined ? 'sent' : (state ?? 'failed')
}

function given(values: { readonly [name: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined))
}
