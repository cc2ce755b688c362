import type { CompileContext, StateFragment } from '@textloom/core'
import type { HttpData } from './schema.ts'

/**
 * A state that asks on entry and waits for the answer, whose events are named after the node. Each try is a state of its
 * own: it takes what is worth another try, everything else is settled by the state around the tries, whose timer gives
 * all of them up.
 */
export function compileHttp(data: HttpData, context: CompileContext): StateFragment {
  const { nodeId, effect, guard, update, exit, durationMs, variableType } = context
  const { method, url, headers = {}, body, map, status, timeout, retries = 0 } = data
  const timeoutMs = durationMs(timeout)
  const attempt = (number: number) =>
    effect({
      kind: 'http',
      id: nodeId,
      method,
      url,
      headers,
      ...(body === undefined ? {} : { body }),
      timeoutMs,
      attempt: number,
      delayMs: number === 1 ? 0 : 1_000 * 2 ** (number - 2),
    })
  const keep = update('keep', { map: map.map((part) => ({ ...part, as: variableType(part.variable) ?? 'json' })) })
  const noted = status === undefined ? [] : [update('note', { variable: status })]
  const noting = status === undefined ? {} : { actions: noted }
  const [done, error] = [`http.done.${nodeId}`, `http.error.${nodeId}`]
  const settled = {
    on: {
      [done]: [exit('success', { guard: guard('is-success'), actions: [keep, ...noted] }), exit('failure', noting)],
      [error]: [exit('timeout', { guard: guard('is-timeout'), ...noting }), exit('failure', noting)],
    },
    after: { [timeoutMs]: [exit('timeout', noting)] },
    // Whatever ends the wait other than the answer (time, STOP, the end of the session) gives the request up.
    exit: [effect({ kind: 'http.cancel', id: nodeId })],
  }
  if (retries === 0) return { entry: [attempt(1)], ...settled }

  const tries = Array.from({ length: retries + 1 }, (_, index): [string, StateFragment] => {
    const next = [{ target: `try-${index + 2}`, guard: guard('is-worth-retrying') }]
    return [
      `try-${index + 1}`,
      { entry: [attempt(index + 1)], ...(index < retries ? { on: { [done]: next, [error]: next } } : {}) },
    ]
  })
  return { ...settled, initial: 'try-1', states: Object.fromEntries(tries) }
}
