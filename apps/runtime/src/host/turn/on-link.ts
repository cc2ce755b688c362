import type { LinkOpened, Outcome } from '../incoming.ts'
import { move, moved } from './move.ts'
import type { Turn } from './turn.ts'

/** A short address was opened: recorded, and told to the flow that sent it if that still runs. */
export function onLinkOpened(turn: Turn, { token, run, node, revision, message, at, messageId }: LinkOpened): Outcome {
  const { channel, phone, runId, state } = turn
  turn.batch.linkOpens.push({ channel, phone, token, at })
  turn.event('tracked-link.opened', { message, node, ...(run !== null && { run }) })
  const isRunning = run !== null && runId === run && state?.frames.at(-1)?.revision === revision
  if (!isRunning) return { status: 'recorded' }
  const result = move(turn, { event: { type: 'link', node }, seed: messageId })
  return result.ignored === undefined ? moved(runId) : { status: 'recorded' }
}
