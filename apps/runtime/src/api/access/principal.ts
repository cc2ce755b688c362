/** Who asks: a key, or the operator's own. */
export interface Principal {
  /** `key:<uuid>`, `env` or `handset`. */
  readonly id: string
  /** For people: who published this? */
  readonly label: string
  readonly scopes: readonly string[]
}
