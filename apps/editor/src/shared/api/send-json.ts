import { ask } from './request.ts'

/** Sends a value where the typed client does not know the body's type: settings whose schema is the transport's own. */
export function sendJson<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return ask<T>(fetch(path, { method, ...sent }))
}
