import type { HttpEffect } from '@textloom/core'
import type { Turn } from './turn.ts'

/** What an outbox row of kind `http` holds as its payload. */
export type HttpPayload = Pick<HttpEffect, 'method' | 'url' | 'headers' | 'body' | 'timeoutMs' | 'node' | 'attempt'>

/** Writes a request of a flow into the outbox and opens it in the session. */
export function requestHttp(turn: Turn, effect: HttpEffect): void {
  const { world, now, runId } = turn
  const { id, node, method, url, headers, body, timeoutMs, attempt, delayMs } = effect
  const payload = { method, url, headers, timeoutMs, node, attempt, ...(body !== undefined && { body }) }
  const { rev, n } = turn.send({
    id: world.newId(),
    kind: 'http',
    link: null,
    source: 'flow',
    runId,
    segments: 1,
    priority: 0,
    payload: payload satisfies HttpPayload,
    topic: '',
    isConsent: false,
    dueAt: now + delayMs,
    expiresAt: null,
  })
  turn.pending = [...turn.pending.filter((open) => open.id !== id), { id, rev, n }]
  if (runId !== null) {
    turn.event('http.requested', { run: runId, node, request: id, attempt, method, host: hostOf(url) })
  }
}

/** Gives up the open request `id`, or all of them: their answers will find nothing pending. */
export function cancelRequests(turn: Turn, id?: string): void {
  const given = turn.pending.filter((open) => id === undefined || open.id === id)
  for (const { rev, n } of given) turn.unsend(rev, n)
  turn.pending = turn.pending.filter((open) => !given.includes(open))
}

/** Host and port for event rows: paths and queries may carry what contacts wrote. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
