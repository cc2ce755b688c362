import { ask } from './request.ts'

/** Sends a value where the typed client does not know the body's type: settings whose schema is the transport's own. */
export function sendJson<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T> {
  return ask<T>(fetch(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }))
}
