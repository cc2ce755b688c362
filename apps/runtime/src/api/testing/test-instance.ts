import type { FlowDocument, NodeRegistry } from '@textloom/core'
import { registry } from '@textloom/nodes'
import { transports } from '@textloom/transports'
import type { Sql } from '../../db/sql.ts'
import { guardedFetch } from '../../host/guarded-fetch.ts'
import { uuidsBy } from '../../host/ids.ts'
import { hostingOn, type Kit } from '../../host/testing/hosting-kit.ts'
import { releaseAll } from '../../settings/provision.ts'
import { secretBox } from '../../settings/secret-box.ts'
import { quickestEngine, type TestEngine } from '../../testing/index.ts'
import { createApp } from '../app.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { type EventReader, readEvents } from './read-events.ts'

/** A runtime with a database of its own, a loopback link `phone`, a channel `4040` on it, and its API. */
export interface TestInstance {
  readonly app: ReturnType<typeof createApp>
  readonly sql: Sql
  readonly kit: Kit
  /** Log lines with their fields. */
  readonly log: readonly { readonly level: string; readonly message: string; readonly fields?: object }[]
  /** Asks the API under `/api/v1` with a key that may do everything, unless told otherwise. */
  ask(method: string, path: string, more?: Asked): Promise<Answer>
  stop(): Promise<void>
}

export interface Asked {
  /** Sent as JSON; text is sent as it is. */
  readonly body?: unknown
  readonly headers?: { readonly [name: string]: string }
  /** Null for none. */
  readonly key?: string | null
  /** The network address that it comes from. */
  readonly from?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; undefined for none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly json: any
}

export const testKey = 'test-key-with-all-permissions'

export async function testInstance(
  options: {
    flows?: readonly FlowDocument[]
    /** Default those of this release. */
    nodes?: NodeRegistry
    settings?: ApiSettings
    services?: Partial<ApiServices>
    allowPrivate?: string[]
    /** Default the quickest that runs here. */
    on?: TestEngine
  } = {},
): Promise<TestInstance> {
  const { on = await quickestEngine(), nodes = registry } = options
  const server = await on.start()
  const { sql } = await server.database()
  const kit = await hostingOn(sql, { nodes, flows: options.flows ?? [] })
  await releaseAll(sql)
  const log: { level: string; message: string; fields?: object }[] = []
  const guarded = guardedFetch(options.allowPrivate ?? [])
  const services: ApiServices = {
    ...kit,
    sql,
    ids: uuidsBy(kit.clock),
    nodes,
    transports,
    box: secretBox(Buffer.alloc(32, 7)),
    guarded,
    storage: { describe: 'PGlite in memory', warnings: [] },
    log: (level, message, fields) => log.push({ level, message, ...(fields && { fields }) }),
    ...options.services,
  }
  const app = createApp(services, { apiKey: testKey, ...options.settings })
  return {
    app,
    sql,
    kit,
    log,
    async ask(method, path, { body, headers = {}, key = testKey, from } = {}) {
      const request = {
        method,
        headers: {
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }
      const socket = from === undefined ? {} : { incoming: { socket: { remoteAddress: from } } }
      const response = await app.request(path.startsWith('//') ? path.slice(1) : `/api/v1${path}`, request, socket)
      const text = await response.text()
      const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== ''
      return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
    },
    async stop() {
      await Promise.all([kit.stop(), guarded.close()])
      await server.stop()
    },
  }
}

/** The events of an answer. */
export function eventsOf({ body }: Response): EventReader {
  if (body === null) throw new Error('The answer has no body.')
  return readEvents(body)
}
