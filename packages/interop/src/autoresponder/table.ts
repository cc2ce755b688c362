import type { JsonObject } from '@textloom/core'

/**
 * An autoresponder as a table: which text gets which reply. A text with a keyword goes to the row that it fits best;
 * rules are for all other texts and are tried from the top; `otherwise` is for what is left.
 */
export interface ReplyTable {
  readonly keywords: readonly KeywordRow[]
  readonly rules: readonly RuleRow[]
  /** Undefined where a text that nothing fits gets no reply. */
  readonly otherwise?: OtherwiseRow
}

/** What every row answers, and when. */
export interface RowReply {
  /** The id of the node that sends the reply: translations, reports and the history hold on to it. */
  readonly id: string
  readonly reply: string
  /** On these channels only, by their ids; on all that the flow is published on when empty. */
  readonly channels: readonly string[]
  /** Data of a split by opening hours: the row counts in these hours only. Always when undefined. */
  readonly hours?: JsonObject
  /** What is replied outside the hours; when undefined the rules further down have their turn. */
  readonly closedReply?: string
}

/** A row for texts with a keyword. */
export interface KeywordRow extends RowReply {
  readonly keywords: readonly string[]
  readonly match: KeywordMode
}

/** Where in the text the keyword may stand: the modes of the keyword start. */
export type KeywordMode = 'exact' | 'only' | 'first' | 'any'

/** A row for certain texts, or for texts of certain senders. */
export interface RuleRow extends RowReply {
  readonly when: TextRule | SenderRule
}

/** What the text must be like. */
export interface TextRule {
  readonly kind: 'text'
  readonly op: TextOperator
  readonly text: string
}

/** Operators of splits that the table offers, in the order of its list. */
export const textOperators = ['any-word', 'phrase', 'contains', 'starts-with', 'equals', 'matches'] as const

export type TextOperator = (typeof textOperators)[number]

/** Who must have sent it: numbers such as `+36201234567`, or their beginnings with a star, `+3620*`. */
export interface SenderRule {
  readonly kind: 'sender'
  readonly senders: readonly string[]
}

/** The last row: for every text that no other row is for. */
export type OtherwiseRow = RowReply

/** The nodes that a row is made of. */
export interface RowParts {
  /** The keyword start; rules have none. */
  readonly start?: string
  /** Splits by the text or its sender. */
  readonly when?: string
  /** Splits by the channel. */
  readonly channel?: string
  readonly hours?: string
  readonly closed?: string
  readonly end: string
}

/** Every row of a table, from the top. */
export function rowsOf({ keywords, rules, otherwise }: ReplyTable): readonly RowReply[] {
  return [...keywords, ...rules, ...(otherwise ? [otherwise] : [])]
}
