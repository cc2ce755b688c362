import type { Json } from '@textloom/core'
import type { HttpAnswer, HttpAnswered, Outcome } from '../incoming.ts'
import { move, moved } from './move.ts'
import { runOf, type Turn } from './turn.ts'

/** Brings the answer of a request back to its session, if the session still wants exactly this one. */
export function onHttpAnswered(turn: Turn, event: HttpAnswered): Outcome {
  const { answer, key, messageId } = event
  turn.batch.settleHttp.push({ ...key, state: 'error' in answer ? 'failed' : 'done', error: errorOf(answer) })
  const request = turn.pending.find(({ rev, n }) => rev === key.rev && n === key.n)
  turn.event('http.answered', {
    ...runOf(turn),
    request: request?.id ?? '',
    ...('status' in answer ? { status: answer.status } : { error: answer.error }),
  })
  if (request === undefined) return turn.ignore('stale', 'http')
  turn.pending = turn.pending.filter((open) => open !== request)
  const runId = turn.runId
  const result = move(turn, {
    seed: messageId,
    event:
      'status' in answer
        ? { type: 'http.done', id: request.id, ...answer }
        : { type: 'http.error', id: request.id, ...answer },
  })
  return result.ignored === undefined ? moved(runId) : turn.ignore(result.ignored, 'http')
}

function errorOf(answer: HttpAnswer): Json {
  return 'error' in answer ? { code: `http/${answer.error}`, message: answer.message } : null
}
