import type { Principal } from '../access/principal.ts'

/** Where a request comes from. */
export interface Client {
  /** The network address; `unknown` where there is no network. */
  readonly address: string
  /** True when the browser speaks https, to us or to what stands before us. */
  readonly isSecure: boolean
}

/** What the steps before a route leave for it. */
export interface ApiEnv {
  Variables: {
    requestId: string
    /** Where the request comes from. */
    client: Client
    /** Who asks; set on every path that is not open. */
    principal: Principal
    /** Calls back once when they may not ask any more; set with `principal`. Returns what ends the watch. */
    onRevoked: (revoked: () => void) => () => void
    /** The body, decoded; set where there is one. */
    bodyText: string
    /** An id for what this request makes: the same on every repetition under one Idempotency-Key. */
    reservedId: string
  }
}
