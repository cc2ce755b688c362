import type { Json } from '@textloom/core'
import type { Sql } from '../db/sql.ts'
import { audience } from '../people/audience.ts'
import type { Campaign } from './campaign-schema.ts'

/** Somebody a text is written for. */
export interface Member {
  readonly phone: string
  readonly name: string | null
  readonly language: string | null
  readonly timezone: string | null
  readonly fields: { readonly [name: string]: Json }
  /** Ids of the static groups they are in. */
  readonly groups: readonly string[]
}

/** A member of a campaign's audience, and why they must not be reached where they must not. */
export interface CampaignMember extends Member {
  readonly refusal: 'opted-out' | 'no-consent' | undefined
}

/** A page of everybody a campaign is for. */
export interface CampaignPage {
  readonly members: readonly CampaignMember[]
  /** The `after` of the next page; null after the last one. */
  readonly next: string | null
}

/** What a campaign is about, for consent; empty for nothing of its own. */
export function topicOf({ content }: Pick<Campaign, 'content'>): string {
  return content.kind === 'message' ? (content.topic ?? '') : ''
}

/**
 * A page of everybody a campaign is for, in the order of phones.
 * @throws ContactQueryError where its search cannot be read, or a group is not there
 */
export async function campaignPage(
  sql: Sql,
  definition: Campaign,
  {
    after,
    limit,
    now,
    country,
  }: {
    readonly after: string
    readonly limit: number
    readonly now: number
    readonly country?: string | undefined
  },
): Promise<CampaignPage> {
  const { audience: spec, timezone, consent } = definition
  const topic = topicOf(definition)
  const scope = { now, zone: timezone, ...(country !== undefined && { country }) }
  const { groups, query, phones, except } = spec
  const meant = {
    ...(groups !== undefined && { groups }),
    ...(query !== undefined && { query }),
    ...(phones !== undefined && { phones }),
    ...(except !== undefined && { except }),
  }
  const { members, next } = await audience(sql, meant, scope, { after, limit })
  return {
    next,
    members: members.map(({ phone, name, language, timezone: zone, fields, groups: theirs, ...known }) => {
      const { isOptedOut, refusedTopics, consents } = known
      const hasAgreed = consents[''] === 'in' || consents[topic] === 'in'
      const isRefused = isOptedOut || (topic !== '' && refusedTopics.includes(topic))
      const refusal = isRefused ? 'opted-out' : consent === 'agreed' && !hasAgreed ? 'no-consent' : undefined
      return { phone, name, language, timezone: zone, fields, groups: theirs, refusal }
    }),
  }
}
