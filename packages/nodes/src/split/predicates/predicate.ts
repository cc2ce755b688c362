import type { Json } from '@textloom/core'
import type { RecogniseContext } from '../../recognise/context.ts'

/** What stands at the right of a predicate, and so which field of the rule it is written in. */
export type OperandKind = 'none' | 'text' | 'words' | 'list' | 'number' | 'range' | 'date' | 'time' | 'pattern'

/** What a predicate compares with: `text` for all kinds but lists. */
export interface Operand {
  readonly text: string
  readonly list: readonly string[]
}

/** Something that can be true of a value. */
export interface Predicate {
  /** Completes "The reply …". */
  readonly label: string
  readonly operand: OperandKind
  readonly holds: (left: Json, right: Operand, writer: RecogniseContext) => boolean
}

/** A predicate without an operand. */
export function about(label: string, holds: (left: Json, writer: RecogniseContext) => boolean): Predicate {
  return { label, operand: 'none', holds: (left, _right, writer) => holds(left, writer) }
}

/** A predicate that compares with a text of some kind. */
export function comparing(
  operand: Exclude<OperandKind, 'none' | 'list'>,
  label: string,
  holds: (left: Json, right: string, writer: RecogniseContext) => boolean,
): Predicate {
  return { label, operand, holds: (left, { text }, writer) => holds(left, text, writer) }
}

/** A predicate that compares with a list. */
export function amongst(label: string, holds: (left: Json, list: readonly string[]) => boolean): Predicate {
  return { label, operand: 'list', holds: (left, { list }) => holds(left, list) }
}
