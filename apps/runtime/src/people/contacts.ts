import type { Json } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import { conditionOf, Params, type QueryScope } from './query-sql.ts'

/** A contact as lists and pages show it. Times are epoch milliseconds. */
export interface ContactRecord {
  readonly phone: string
  readonly name: string | null
  readonly language: string | null
  readonly timezone: string | null
  readonly fields: { readonly [key: string]: Json }
  readonly groups: readonly string[]
  readonly isOptedOut: boolean
  readonly refusedTopics: readonly string[]
  readonly consents: { readonly [topic: string]: 'in' | 'out' | 'pending' }
  /** To the hour. */
  readonly lastHeardAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** The orders in which contacts are listed. */
export const contactOrders = ['phone', '-created', '-last-reply'] as const

export type ContactOrder = (typeof contactOrders)[number]

export interface ContactFilter {
  readonly query?: string | undefined
  readonly order: ContactOrder
  /** `positionOf` the last contact of the page before. */
  readonly after?: string | undefined
  readonly limit: number
}

/** Contacts that a query finds, or all of them. @throws ContactQueryError where the query cannot be asked */
export async function listContacts(
  sql: Sql,
  { query, order, after, limit }: ContactFilter,
  scope: QueryScope,
): Promise<ContactRecord[]> {
  const params = new Params()
  const conditions = query === undefined ? [] : [conditionOf(query, scope, params)]
  if (order === '-last-reply') conditions.push('c.last_heard_at is not null')
  if (after !== undefined) conditions.push(behind(order, after, params))
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
  const rows = await sql.query<Row>(
    `${select(`select * from contact c ${where} order by ${orders[order]('c')} limit ${params.add(limit, 'int')}`)}
     order by ${orders[order]('c')}`,
    params.list,
  )
  return rows.map(recordOf)
}

/** How many a query finds, counted no further than `most`. @throws ContactQueryError as `listContacts` */
export async function countContacts(
  sql: Sql,
  query: string | undefined,
  scope: QueryScope,
  most: number,
): Promise<number> {
  const params = new Params()
  const where = query === undefined ? '' : `where ${conditionOf(query, scope, params)}`
  const [row] = await sql.query<{ n: number }>(
    `select count(*) as n from (select 1 from contact c ${where} limit ${params.add(most, 'int')}) x`,
    params.list,
  )
  return row?.n ?? 0
}

/** One contact. */
export async function findContact(sql: Sql, phone: string): Promise<ContactRecord | undefined> {
  const rows = await sql.query<Row>(select('select * from contact where phone = $1::text'), [phone])
  return rows.map(recordOf)[0]
}

/** Where a contact stands in a list, for the page after it. */
export function positionOf({ phone, createdAt, lastHeardAt }: ContactRecord, order: ContactOrder): string {
  const at = order === 'phone' ? null : order === '-created' ? createdAt : lastHeardAt
  return Buffer.from(JSON.stringify([at, phone])).toString('base64url')
}

/** Undefined for what `positionOf` never gave. */
function readPosition(position: string): readonly [number | null, string] | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(position, 'base64url').toString())
    if (!Array.isArray(read) || typeof read[1] !== 'string') return undefined
    const [at, phone] = read
    return at === null || typeof at === 'number' ? [at, phone] : undefined
  } catch {
    return undefined
  }
}

/** True for a cursor that a list in this order gave out. */
export function isPosition(position: string, order: ContactOrder): boolean {
  const read = readPosition(position)
  return read !== undefined && (read[0] === null) === (order === 'phone')
}

const orders: { readonly [order in ContactOrder]: (table: string) => string } = {
  phone: (table) => `${table}.phone`,
  '-created': (table) => `${table}.created_at desc, ${table}.phone desc`,
  '-last-reply': (table) => `${table}.last_heard_at desc, ${table}.phone desc`,
}

function behind(order: ContactOrder, position: string, params: Params): string {
  const [at, phone] = readPosition(position) ?? [null, '']
  if (order === 'phone') return `c.phone > ${params.add(phone, 'text')}`
  const column = order === '-created' ? 'c.created_at' : 'c.last_heard_at'
  const time = params.add(new Date(at ?? 0).toISOString(), 'timestamptz')
  return `(${column}, c.phone) < (${time}, ${params.add(phone, 'text')})`
}

interface Row {
  readonly phone: string
  readonly name: string | null
  readonly language: string | null
  readonly timezone: string | null
  readonly fields: ContactRecord['fields']
  readonly groups: readonly string[] | null
  readonly suppressed: readonly string[] | null
  readonly consents: ContactRecord['consents'] | null
  readonly last_heard_at: Date | null
  readonly created_at: Date
  readonly updated_at: Date
}

/** Details for the rows of a page only. */
function select(page: string): string {
  return `select c.phone, c.name, c.language, c.timezone, c.fields, c.last_heard_at, c.created_at, c.updated_at,
    (select json_agg(m.group_id order by m.group_id) from group_member m where m.phone = c.phone) as groups,
    (select json_agg(s.topic order by s.topic) from suppression s where s.phone = c.phone) as suppressed,
    (select json_object_agg(k.topic, k.state) from consent k where k.phone = c.phone) as consents
  from (${page}) c`
}

function recordOf(row: Row): ContactRecord {
  const topics = row.suppressed ?? []
  return {
    phone: row.phone,
    name: row.name,
    language: row.language,
    timezone: row.timezone,
    fields: Object.fromEntries(Object.entries(row.fields).filter(([, value]) => value !== null)),
    groups: row.groups ?? [],
    isOptedOut: topics.includes(''),
    refusedTopics: topics.filter((topic) => topic !== ''),
    consents: row.consents ?? {},
    lastHeardAt: row.last_heard_at?.getTime() ?? null,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  }
}
