import { ApiError, OfflineError, problemOf } from './problem.ts'

/** Turns an answer of the typed client into its value: refusals become `ApiError`, silence `OfflineError`. */
export async function ask<T>(request: Promise<Response & { json(): Promise<T> }>): Promise<T> {
  const response = await request.catch((cause: unknown) => {
    throw new OfflineError(cause)
  })
  if (!response.ok) throw new ApiError(await problemOf(response))
  return response.status === 204 ? (undefined as T) : response.json()
}
