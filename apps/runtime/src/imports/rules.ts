/** What a column of a file is for: part of a contact, or a field of theirs. */
export type ColumnTarget = 'phone' | 'name' | 'language' | 'timezone' | 'groups' | `field:${string}`

/** What each column is for, in their order; null for nothing. Several for the name are put together. */
export type Mapping = readonly (ColumnTarget | null)[]

/** What everybody in a file agreed to, or refused, elsewhere. */
export interface DeclaredConsent {
  readonly state: 'in' | 'out'
  /** '' is messages at all. */
  readonly topic: string
  /** Where, when and in which words, for the ledger. */
  readonly words: string
}

/** How rows become contacts. */
export interface ImportRules {
  /** Whether contacts are made, changed, or both. */
  readonly only: 'new' | 'existing' | null
  /** Whose national numbers these are, ISO 3166; null where all are international. */
  readonly country: string | null
  /** What `03/04/2026` is. */
  readonly dates: 'dmy' | 'mdy'
  /** Whether an empty cell clears what is known. */
  readonly empty: 'keep' | 'clear'
  /** Static groups that everybody in the file joins. */
  readonly groups: readonly string[]
  /** Whether groups that a column names and that are not there are made. */
  readonly makeGroups: boolean
  readonly consent: DeclaredConsent | null
}

/** What is known of a contact in one flat list: `name`, `language`, `timezone`, `field:<key>`, `group:<id>`. */
export type FlatDraft = { readonly [what: string]: string | number | boolean | null }
