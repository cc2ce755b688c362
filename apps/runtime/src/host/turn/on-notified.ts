import type { Notified, Outcome } from '../incoming.ts'
import type { Turn } from './turn.ts'

/** A notice was delivered, or never will be. Its session has nothing to do with that and stays untouched. */
export function onNotified(turn: Turn, { key, way: by, node, run, attempt, error }: Notified): Outcome {
  turn.batch.settleHttp.push({ ...key, state: error === null ? 'done' : 'failed', error: error && { ...error } })
  const told = { node, by, attempt, ...(run !== null && { run }) }
  if (error === null) turn.event('notify.sent', told)
  else turn.event('notify.failed', { ...told, code: error.code })
  return { status: 'recorded' }
}
