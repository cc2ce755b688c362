import { formPredicates } from './predicates/forms.ts'
import { numberPredicates } from './predicates/number.ts'
import type { OperandKind, Predicate } from './predicates/predicate.ts'
import { textPredicates } from './predicates/text.ts'
import { wordPredicates } from './predicates/words.ts'

const all = { ...textPredicates, ...wordPredicates, ...numberPredicates, ...formPredicates }

export type Operator = keyof typeof all

/** What a rule can ask of a value, in the order of the inspector's list. */
export const operators = Object.keys(all) as readonly Operator[] as readonly [Operator, ...Operator[]]

/** What each operator means. */
export const predicates: Readonly<Record<Operator, Predicate>> = all

/** What people read instead of an operator's name: completes "The reply …". */
export const operatorLabels = Object.fromEntries(operators.map((op) => [op, predicates[op].label])) as Readonly<
  Record<Operator, string>
>

/** The operators whose operand is of one of some kinds. */
export function operatorsWith(...kinds: readonly OperandKind[]): readonly Operator[] {
  return operators.filter((op) => kinds.includes(predicates[op].operand))
}
