/** What the runtime answers when it refuses something: RFC 9457, with our `code`. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail?: string
  readonly [more: string]: unknown
}

/** A refused request, as a sentence for the person who asked. */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiError'
    this.problem = problem
  }
}

/** Nothing answered: the runtime is stopped or the network is gone. */
export class OfflineError extends Error {
  constructor(cause: unknown) {
    super('Textloom does not answer. Check that it is running and that you are connected; your work is kept here.', {
      cause,
    })
    this.name = 'OfflineError'
  }
}

/** Reads the problem out of a refused answer, whatever its body turned out to be. */
export async function problemOf(response: Response): Promise<Problem> {
  const fallback = { status: response.status, code: 'http/unexpected', title: `Textloom answered ${response.status}.` }
  if (!response.headers.get('content-type')?.includes('json')) return fallback
  const body: unknown = await response.json().catch(() => null)
  return body !== null && typeof body === 'object' ? { ...fallback, ...body } : fallback
}
