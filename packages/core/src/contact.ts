import type { Json } from './json.ts'
import type { Address } from './message.ts'

/** The person at the other end, as flows see them under `contact.*`. */
export interface Contact {
  readonly phone: Address
  readonly name?: string
  /** BCP 47 tag, for example `hu`. */
  readonly language?: string
  readonly fields: { readonly [name: string]: Json }
  readonly groups: readonly string[]
}
