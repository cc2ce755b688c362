import type { Principal } from '../access/principal.ts'

/** What the steps before a route leave for it. */
export interface ApiEnv {
  Variables: {
    requestId: string
    /** Who asks; set on every path that is not open. */
    principal: Principal
    /** The body, decoded; set where there is one. */
    bodyText: string
    /** An id for what this request makes: the same on every repetition under one Idempotency-Key. */
    reservedId: string
  }
}
