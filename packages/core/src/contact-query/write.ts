import type { ContactQuery, ContactSubject } from './ast.ts'
import { quotedText } from './tokens.ts'

/** A query as text again: reading it gives the same query. */
export function writeContactQuery(query: ContactQuery): string {
  switch (query.kind) {
    case 'and':
    case 'or':
      return query.parts.map((part) => within(query.kind, part)).join(` ${query.kind} `)
    case 'not':
      return `not ${within('not', query.part)}`
    case 'words':
      return quoted(query.text)
    case 'test': {
      const { subject, operator, value } = query
      return `${subjectName(subject)} ${operator} ${value.isQuoted ? quoted(value.text) : value.text}`
    }
  }
}

/** What a query calls it. */
export function subjectName(subject: ContactSubject): string {
  if (subject.of === 'field') return `field.${subject.key}`
  if (subject.of !== 'consent' || subject.topic === '') return subject.of
  return `consent(${quotedText(subject.topic)})`
}

function within(kind: 'and' | 'or' | 'not', part: ContactQuery): string {
  const text = writeContactQuery(part)
  const isLoose = part.kind === 'or' || (part.kind === 'and' && kind !== 'or')
  return isLoose ? `(${text})` : text
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"“”]/g, (mark) => `\\${mark}`)}"`
}
