/** What a rule can ask of a value, in the order of the inspector's list. */
export const operators = [
  'equals',
  'not-equals',
  'contains',
  'not-contains',
  'starts-with',
  'ends-with',
  'any-word',
  'all-words',
  'phrase',
  'only-phrase',
  'has-number',
  'number-equals',
  'number-gt',
  'number-gte',
  'number-lt',
  'number-lte',
  'number-between',
  'is-empty',
  'not-empty',
] as const

export type Operator = (typeof operators)[number]

/** What people read instead of an operator's name: completes "The reply …". */
export const operatorLabels: Readonly<Record<Operator, string>> = {
  equals: 'is',
  'not-equals': 'is not',
  contains: 'contains',
  'not-contains': 'does not contain',
  'starts-with': 'begins with',
  'ends-with': 'ends with',
  'any-word': 'has one of the words',
  'all-words': 'has all of the words',
  phrase: 'has the phrase',
  'only-phrase': 'is only the phrase',
  'has-number': 'has a number',
  'number-equals': 'is the number',
  'number-gt': 'is more than',
  'number-gte': 'is at least',
  'number-lt': 'is less than',
  'number-lte': 'is at most',
  'number-between': 'is between',
  'is-empty': 'is empty',
  'not-empty': 'is not empty',
}

/** Operators that look at one value only. */
export const unaryOperators: ReadonlySet<Operator> = new Set<Operator>(['has-number', 'is-empty', 'not-empty'])

/** Operators whose right side is a number, or two. */
export const numberOperators: ReadonlySet<Operator> = new Set<Operator>([
  'number-equals',
  'number-gt',
  'number-gte',
  'number-lt',
  'number-lte',
  'number-between',
])
