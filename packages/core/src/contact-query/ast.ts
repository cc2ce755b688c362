/** A question about contacts, as read from its text (docs/reference/contact-queries.md). */
export type ContactQuery =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly ContactQuery[] }
  | { readonly kind: 'not'; readonly part: ContactQuery }
  | ContactTest
  | ContactWords

/** One comparison. */
export interface ContactTest {
  readonly kind: 'test'
  readonly subject: ContactSubject
  readonly operator: ContactOperator
  readonly value: ContactValue
  /** Where its subject stands in the text, from 0. */
  readonly at: number
}

/** A word that stands alone: looked for in names and phone numbers. */
export interface ContactWords {
  readonly kind: 'words'
  readonly text: string
  readonly at: number
}

/** What is asked about. */
export type ContactSubject =
  | { readonly of: Exclude<ContactProperty, 'field' | 'consent'> }
  | { readonly of: 'field'; readonly key: string }
  /** `topic` is empty for messages at all. */
  | { readonly of: 'consent'; readonly topic: string }

/** What a contact can be asked about. */
export const contactProperties = [
  'phone',
  'name',
  'language',
  'timezone',
  'group',
  'field',
  'consent',
  'created',
  'last-reply',
] as const

export type ContactProperty = (typeof contactProperties)[number]

/** `~`: begins with, or contains; what it means depends on what is asked about. */
export const contactOperators = ['=', '!=', '<', '<=', '>', '>=', '~'] as const

export type ContactOperator = (typeof contactOperators)[number]

/** What it is compared with, as it is written. */
export interface ContactValue {
  readonly text: string
  /** False for a word without quotes: only such a one is `none`, `today` or `-30d`. */
  readonly isQuoted: boolean
  readonly at: number
}

/** A query that cannot be read or asked. The message names the column and says what to do. */
export class ContactQueryError extends Error {
  /** From 1. */
  readonly column: number

  constructor(message: string, at: number) {
    super(`Column ${at + 1}: ${message}`)
    this.name = 'ContactQueryError'
    this.column = at + 1
  }
}
