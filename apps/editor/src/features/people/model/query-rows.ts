import {
  type ContactOperator,
  type ContactQuery,
  type ContactTest,
  parseContactQuery,
  quotedText,
  subjectName,
} from '@textloom/core'

/** One condition as the builder shows it. */
export interface QueryRow {
  /** As a query names it: `name`, `field.city`, `consent`, `consent(news)`. */
  readonly subject: string
  readonly operator: ContactOperator
  readonly value: string
}

/** How a value is asked for. */
export type ValueKind = 'text' | 'number' | 'moment' | 'yes-no' | 'choice' | 'group' | 'consent'

/** The words of an operator, by what it compares. */
export function operatorsOf(kind: ValueKind): readonly { readonly value: ContactOperator; readonly label: string }[] {
  switch (kind) {
    case 'text':
      return [
        { value: '=', label: 'is' },
        { value: '!=', label: 'is not' },
        { value: '~', label: 'has' },
      ]
    case 'number':
      return [
        { value: '=', label: 'is' },
        { value: '>', label: 'is more than' },
        { value: '<', label: 'is less than' },
        { value: '>=', label: 'is at least' },
        { value: '<=', label: 'is at most' },
        { value: '!=', label: 'is not' },
      ]
    case 'moment':
      return [
        { value: '>', label: 'is after' },
        { value: '<', label: 'is before' },
        { value: '=', label: 'is on' },
        { value: '>=', label: 'is on or after' },
        { value: '<=', label: 'is on or before' },
        { value: '!=', label: 'is not on' },
      ]
    default:
      return [
        { value: '=', label: 'is' },
        { value: '!=', label: 'is not' },
      ]
  }
}

/** The conditions of a query whose parts all have to hold; undefined for one that says more than rows can. */
export function rowsOf(query: string): readonly QueryRow[] | undefined {
  if (query.trim() === '') return []
  try {
    const read = parseContactQuery(query)
    const parts: readonly ContactQuery[] = read.kind === 'and' ? read.parts : [read]
    if (!parts.every((part): part is ContactTest => part.kind === 'test')) return undefined
    return parts.map(({ subject, operator, value }) => ({ subject: subjectName(subject), operator, value: value.text }))
  } catch {
    return undefined
  }
}

/** The query that rows stand for; those without a value are not part of it yet. */
export function queryOfRows(rows: readonly QueryRow[]): string {
  return rows
    .filter(({ value }) => value.trim() !== '')
    .map(({ subject, operator, value }) => `${subject} ${operator} ${written(value.trim())}`)
    .join(' and ')
}

/** `none`, `today` and `-30d` mean something without quotes only. */
function written(value: string): string {
  return /^(?:none|today|now|[+-]\d+[hdwmy])$/i.test(value) ? value : quotedText(value)
}
