import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type ProblemCode, problemCodes } from './problem-codes.ts'

/** What makes a route answer with an error. `detail` is one sentence for a person; `more` are further members. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly more: object
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ProblemCode, detail: string, more: object = {}, headers: Readonly<Record<string, string>> = {}) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.more = more
    this.headers = headers
  }
}

/** The answer for a problem (RFC 9457). */
export function problemResponse(c: Context, problem: Problem): Response {
  const { code, message, more, headers } = problem
  const [status, title] = problemCodes[code]
  const body = { type: `urn:textloom:problem:${code}`, title, status, detail: message, code, ...more }
  return c.body(JSON.stringify(body), status satisfies ContentfulStatusCode, {
    ...headers,
    'content-type': 'application/problem+json',
  })
}
