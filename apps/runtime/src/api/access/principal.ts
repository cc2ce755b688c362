import type { Role } from '../../accounts/role.ts'

/** Who asks: somebody signed in, a key, or the operator's own. */
export interface Principal {
  /** `user:<uuid>`, `key:<uuid>`, `env` or `handset`. */
  readonly id: string
  /** For people: who published this? */
  readonly label: string
  readonly scopes: readonly string[]
  /** The person who is signed in; absent for keys. */
  readonly user?: { readonly id: string; readonly email: string; readonly name: string; readonly role: Role }
  /** The hash of the browser session's token. */
  readonly session?: string
}
