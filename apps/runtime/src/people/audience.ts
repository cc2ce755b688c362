import { ContactQueryError, didYouMean, type Json } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import { loadPeopleCatalogue, type PeopleCatalogue } from './catalogue.ts'
import { conditionOf, membershipOf, Params, type QueryScope } from './query-sql.ts'

/**
 * Who is meant: everybody in any of `groups`, everybody whom `query` finds and every one of `phones`, each once, but
 * nobody who is in one of `except`.
 */
export interface AudienceSpec {
  /** Ids of groups of either kind. */
  readonly groups?: readonly string[]
  /** A query (docs/reference/contact-queries.md). */
  readonly query?: string
  /** Canonical phones, known as contacts or not; for more than some thousands use a group. */
  readonly phones?: readonly string[]
  /** Ids of groups whose members are left out. */
  readonly except?: readonly string[]
}

/** What an audience is asked with: the present, and by whose clocks and country texts are read. */
export type AudienceScope = Pick<QueryScope, 'now' | 'zone' | 'country'>

/** Somebody of an audience, with all that decides whether they may be texted. Times are epoch milliseconds. */
export interface AudienceMember {
  readonly phone: string
  /** False for one of `phones` of whom nothing is known. */
  readonly isKnown: boolean
  readonly name: string | null
  readonly language: string | null
  /** As it was told; `zoneOfPhone` guesses it from the number while null. */
  readonly timezone: string | null
  readonly fields: { readonly [key: string]: Json }
  /** Ids of the static groups they are in. */
  readonly groups: readonly string[]
  readonly lastHeardAt: number | null
  /** True after STOP: nothing may be sent. */
  readonly isOptedOut: boolean
  /** Topics they do not want to hear about; STOP is not among them. */
  readonly refusedTopics: readonly string[]
  /** What they last said about each topic, '' for messages at all; a topic that is not here was never spoken of. */
  readonly consents: { readonly [topic: string]: 'in' | 'out' | 'pending' }
}

/** A page of an audience. */
export interface AudiencePage {
  /** In the order of their phones. */
  readonly members: readonly AudienceMember[]
  /** The `after` of the next page; null after the last one. */
  readonly next: string | null
}

/**
 * The audience that a spec means, a page at a time in the order of phones, from the one behind `after`. Nobody is held
 * in memory, so a million is as good as ten: what a page costs does not grow with what came before it. Pages are read
 * one by one: who joins or changes meanwhile is in the pages that are read after it. Opted-out people are in it too,
 * for who leaves them out to say so.
 * @throws ContactQueryError where the query, or that of a group, cannot be read, or a group is not there
 * @example
 * for (let after: string | null = ''; after !== null; ) {
 *   const page = await audience(sql, { groups: ['vip'] }, { now: clock.now() }, { after, limit: 1_000 })
 *   for (const member of page.members) if (!member.isOptedOut) …
 *   after = page.next
 * }
 */
export async function audience(
  sql: Sql,
  spec: AudienceSpec,
  scope: AudienceScope,
  { after = '', limit }: { readonly after?: string; readonly limit: number },
): Promise<AudiencePage> {
  const params = new Params()
  const catalogue = await loadPeopleCatalogue(sql)
  const branches = branchesOf(spec, { ...scope, ...catalogue }, params, {
    after: params.add(after, 'text'),
    limit: params.add(limit + 1, 'int'),
  })
  if (branches.length === 0) return { members: [], next: null }
  const rows = await sql.query<MemberRow>(
    `with page as materialized (
       select phone from (${branches.join(' union ')}) u order by phone limit $2::int
     )
     select p.phone, c.phone is not null as "isKnown", c.name, c.language, c.timezone, c.fields,
       c.last_heard_at as "lastHeardAt",
       (select json_agg(m.group_id order by m.group_id) from group_member m where m.phone = p.phone) as groups,
       (select json_agg(s.topic order by s.topic) from suppression s where s.phone = p.phone) as suppressed,
       (select json_object_agg(k.topic, k.state) from consent k where k.phone = p.phone) as consents
     from page p left join contact c on c.phone = p.phone order by p.phone`,
    params.list,
  )
  const members = rows.slice(0, limit).map(memberOf)
  return { members, next: rows.length > limit ? (members.at(-1)?.phone ?? null) : null }
}

/** How many there are in an audience, opted-out ones too. @throws as `audience` */
export async function countAudience(sql: Sql, spec: AudienceSpec, scope: AudienceScope): Promise<number> {
  const params = new Params()
  const catalogue = await loadPeopleCatalogue(sql)
  const branches = branchesOf(spec, { ...scope, ...catalogue }, params)
  if (branches.length === 0) return 0
  const [row] = await sql.query<{ n: number }>(`select count(*) as n from (${branches.join(' union ')}) u`, params.list)
  return row?.n ?? 0
}

interface MemberRow
  extends Omit<AudienceMember, 'isOptedOut' | 'refusedTopics' | 'lastHeardAt' | 'fields' | 'groups' | 'consents'> {
  readonly fields: AudienceMember['fields'] | null
  readonly groups: readonly string[] | null
  readonly lastHeardAt: Date | null
  readonly suppressed: readonly string[] | null
  readonly consents: AudienceMember['consents'] | null
}

function memberOf({ suppressed, consents, fields, groups, lastHeardAt, ...known }: MemberRow): AudienceMember {
  const topics = suppressed ?? []
  return {
    ...known,
    fields: Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== null)),
    groups: groups ?? [],
    lastHeardAt: lastHeardAt?.getTime() ?? null,
    isOptedOut: topics.includes(''),
    refusedTopics: topics.filter((topic) => topic !== ''),
    consents: consents ?? {},
  }
}

/** Each part of the spec as a SELECT of phones, with an order and a limit of its own, so that each walks one index. */
function branchesOf(
  { groups = [], query, phones = [], except = [] }: AudienceSpec,
  scope: QueryScope,
  params: Params,
  page?: { readonly after: string; readonly limit: string },
): string[] {
  const excluded = groupsOf(except, scope).map((group) => `(${membershipOf(group, scope, params)}) is not true`)
  const select = (from: string, phone: string, conditions: readonly string[]): string => {
    const where = [...conditions, ...excluded, ...(page === undefined ? [] : [`${phone} > ${page.after}`])]
    const text = `select ${phone} as phone from ${from}${where.length === 0 ? '' : ` where ${where.join(' and ')}`}`
    return page === undefined ? text : `(${text} order by ${phone} limit ${page.limit})`
  }
  const branches = groupsOf(groups, scope).map((group) => {
    if (group.query !== null) return select('contact c', 'c.phone', [membershipOf(group, scope, params)])
    const from = excluded.length === 0 ? '' : ' join contact c on c.phone = m.phone'
    return select(`group_member m${from}`, 'm.phone', [`m.group_id = ${params.add(group.id, 'text')}`])
  })
  if (query !== undefined) branches.push(select('contact c', 'c.phone', [conditionOf(query, scope, params)]))
  if (phones.length > 0) {
    const listed = params.add(JSON.stringify(phones), 'text')
    const from = `(select distinct json_array_elements_text(${listed}::json) as phone) l left join contact c on c.phone = l.phone`
    branches.push(select(from, 'l.phone', []))
  }
  return branches
}

function groupsOf(ids: readonly string[], { groups }: Pick<PeopleCatalogue, 'groups'>) {
  return ids.map((id) => {
    const found = groups.find((group) => group.id === id)
    if (found !== undefined) return found
    const hint = didYouMean(
      id,
      groups.map((group) => group.id),
    )
    throw new ContactQueryError(`there is no group "${id}": name one that is, or make it first.${hint}`, 0)
  })
}
