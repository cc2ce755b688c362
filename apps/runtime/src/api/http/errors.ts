import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { SqlError } from '../../db/sql.ts'
import type { Log } from '../../host/log.ts'
import { Refusal } from '../../host/services/refusal.ts'
import { StoreUnavailable } from '../../host/store-unavailable.ts'
import type { ApiEnv } from './env.ts'
import { Problem, problemResponse } from './problem.ts'
import { problemOfRefusal } from './refusals.ts'

/** Turns whatever a route throws into a problem; what nobody expected is logged under the request's id. */
export function answerErrors(log: Log): (error: Error, c: Context<ApiEnv>) => Response {
  return (error, c) => {
    const problem = problemOf(error)
    if (problem !== undefined) return problemResponse(c, problem)
    const id = c.get('requestId')
    log('error', 'a request failed', { request: id, error: error.name, stack: error.stack })
    return problemResponse(
      c,
      new Problem(
        'service/failed',
        `Nothing can be done about it from outside; the log says more under request ${id}.`,
      ),
    )
  }
}

function problemOf(error: Error): Problem | undefined {
  if (error instanceof Problem) return error
  if (error instanceof Refusal) return problemOfRefusal(error)
  // drizzle wraps what the port throws.
  const cause = error instanceof SqlError ? error : error.cause
  if (error instanceof StoreUnavailable || (cause instanceof SqlError && (cause.isUnavailable || cause.isContention))) {
    return new Problem(
      'service/unavailable',
      'The database cannot be reached or is busy. Try again in a moment.',
      {},
      retrySoon,
    )
  }
  if (cause instanceof SqlError && cause.isPoison) {
    return new Problem('request/invalid', 'A value of this request cannot be stored as it is.')
  }
  if (error instanceof HTTPException) return fromHono(error)
  return undefined
}

const retrySoon = { 'retry-after': '2' }

function fromHono({ status, message }: HTTPException): Problem | undefined {
  if (status === 415) return new Problem('request/content-type', 'The header Content-Type must be application/json.')
  return status === 400 ? new Problem('request/not-json', message) : undefined
}
