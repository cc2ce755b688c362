import { didYouMean } from '../nearest.ts'
import {
  type ContactOperator,
  type ContactQuery,
  ContactQueryError,
  type ContactSubject,
  contactProperties,
} from './ast.ts'
import { type QueryToken, queryTokens } from './tokens.ts'

/** How deep brackets and `not` may stand in each other. */
const maxDepth = 20

/**
 * Reads a query: `group = "vip" and field.city = "Pécs" and last-reply > -30d and consent(news) = in`. Whether its
 * fields and groups are there is another question.
 * @throws ContactQueryError that names the column and what to do
 */
export function parseContactQuery(text: string): ContactQuery {
  const reader = new Reader(queryTokens(text))
  if (reader.peek().kind === 'end') throw new ContactQueryError('the query is empty: write name = "Anna", say.', 0)
  const query = anyOf(reader, 0)
  const next = reader.peek()
  if (next.kind === 'close') throw new ContactQueryError('this bracket was never opened: take it away.', next.at)
  if (next.kind !== 'end') {
    throw new ContactQueryError(`"${next.text}" follows without "and" or "or": write one of them before it.`, next.at)
  }
  return query
}

class Reader {
  readonly #tokens: readonly QueryToken[]
  #index = 0

  constructor(tokens: readonly QueryToken[]) {
    this.#tokens = tokens
  }

  peek(): QueryToken {
    return this.look(0)
  }

  look(ahead: number): QueryToken {
    const found = this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)]
    if (found === undefined) throw new Error('A query has an end.')
    return found
  }

  take(): QueryToken {
    const token = this.peek()
    this.#index += 1
    return token
  }

  takes(word: string): boolean {
    if (this.peek().kind !== 'word' || this.peek().text.toLowerCase() !== word) return false
    this.#index += 1
    return true
  }
}

function anyOf(reader: Reader, depth: number): ContactQuery {
  return joined(reader, 'or', () => allOf(reader, depth))
}

function allOf(reader: Reader, depth: number): ContactQuery {
  return joined(reader, 'and', () => one(reader, depth))
}

function joined(reader: Reader, kind: 'and' | 'or', part: () => ContactQuery): ContactQuery {
  const first = part()
  const parts = [first]
  while (reader.takes(kind)) parts.push(part())
  return parts.length === 1 ? first : { kind, parts }
}

function one(reader: Reader, depth: number): ContactQuery {
  const next = reader.peek()
  if (depth > maxDepth) {
    throw new ContactQueryError(`brackets stand in each other more than ${maxDepth} times: take some away.`, next.at)
  }
  if (reader.takes('not')) return { kind: 'not', part: one(reader, depth + 1) }
  if (next.kind === 'open') {
    reader.take()
    const query = anyOf(reader, depth + 1)
    if (reader.peek().kind !== 'close') {
      throw new ContactQueryError('this bracket is never closed: add a ")".', next.at)
    }
    reader.take()
    return query
  }
  if (next.kind === 'quoted') {
    reader.take()
    return { kind: 'words', text: next.text, at: next.at }
  }
  if (next.kind !== 'word') throw expected(next)
  const after = reader.look(1)
  const isCompared = after.kind === 'operator' || (after.kind === 'open' && after.at === next.end)
  if (isCompared) return test(reader)
  if (/^(?:and|or)$/i.test(next.text)) throw expected(next)
  reader.take()
  return { kind: 'words', text: next.text, at: next.at }
}

function expected({ kind, text, at }: QueryToken): ContactQueryError {
  const where = kind === 'end' ? 'the query ends' : `"${text}" stands`
  return new ContactQueryError(`${where} where a comparison should: write one such as name = "Anna".`, at)
}

function test(reader: Reader): ContactQuery {
  const { at } = reader.peek()
  const subject = subjectOf(reader)
  const operator = reader.take()
  if (operator.kind !== 'operator') {
    throw new ContactQueryError('a comparison needs =, !=, <, <=, >, >= or ~ here.', operator.at)
  }
  const value = reader.peek()
  if (value.kind !== 'word' && value.kind !== 'quoted') {
    throw new ContactQueryError(`nothing to compare with stands behind "${operator.text}": write it there.`, value.at)
  }
  reader.take()
  return {
    kind: 'test',
    subject,
    operator: operator.text as ContactOperator,
    value: { text: value.text, isQuoted: value.kind === 'quoted', at: value.at },
    at,
  }
}

function subjectOf(reader: Reader): ContactSubject {
  const { text, at } = reader.take()
  const name = text.toLowerCase()
  if (name === 'consent') return { of: 'consent', topic: topicOf(reader) }
  if (reader.peek().kind === 'open') {
    throw new ContactQueryError(`only consent has brackets, as in consent(news) = in; "${text}" has none.`, at)
  }
  if (name.startsWith('field.')) {
    const key = text.slice('field.'.length)
    if (/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(key)) return { of: 'field', key }
    throw new ContactQueryError(`"${key}" is no name of a field: write field.city, say.`, at)
  }
  const property = contactProperties.find((one) => one === name)
  if (property !== undefined && property !== 'field' && property !== 'consent') return { of: property }
  const hint = name === 'field' ? ' Write field.city, with the name of the field.' : didYouMean(text, contactProperties)
  throw new ContactQueryError(
    `nothing of a contact is called "${text}"; there are phone, name, language, timezone, group, field.<name>, consent, created and last-reply.${hint}`,
    at,
  )
}

function topicOf(reader: Reader): string {
  if (reader.peek().kind !== 'open') return ''
  const { at } = reader.take()
  const topic = reader.peek()
  if (topic.kind !== 'word' && topic.kind !== 'quoted') {
    throw new ContactQueryError('the brackets of consent want a topic, as in consent(news) = in.', topic.at)
  }
  reader.take()
  if (reader.peek().kind !== 'close') throw new ContactQueryError('this bracket is never closed: add a ")".', at)
  reader.take()
  return topic.text
}
