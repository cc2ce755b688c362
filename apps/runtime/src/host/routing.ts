import { consentText, type OwnConsentWords, parseDuration } from '@textloom/core'
import * as z from 'zod'
import { answeringRoles } from '../accounts/role.ts'
import type { Sql } from '../db/sql.ts'
import { channelConfigSchema } from './channel-config.ts'
import type { ChannelRoute } from './channel-route.ts'
import { canonicalAddress } from './numbers.ts'
import { queueConfigSchema } from './queue-config.ts'
import type { Queues } from './queues.ts'

/** A revision that listens on a channel. */
export interface ListeningFlow {
  readonly flowId: string
  readonly revision: string
}

/** One reading of what is configured: channels, and what is published on them. Never changed, replaced as a whole. */
export interface Routing {
  readonly channels: ReadonlyMap<string, ChannelRoute>
  readonly queues: Queues
  /** Longest bound first: of equally good starts the older one wins. */
  flowsOn(channel: string): readonly ListeningFlow[]
  /** The revision of a flow that a channel goes by: the one published there, else the newest published anywhere. */
  listening(channel: string, flowId: string): ListeningFlow | undefined
  flowOf(revision: string): string | undefined
  /** The channel that texts to `to` by this link are for. */
  channelFor(link: string, to: string): ChannelRoute | undefined
}

/** Nothing configured. */
export const emptyRouting = routingOf([], [], [])

const DEFAULT_VALIDITY_MS = 86_400_000

/** What a later release knows beside this is left alone. */
const storedConfigSchema = z.object(channelConfigSchema.shape)

interface ChannelRow {
  readonly id: string
  readonly address: string
  readonly links: readonly string[]
  readonly config: unknown
  /** All links that are switched on. */
  readonly enabled: readonly string[]
}

interface BindingRow {
  readonly channel: string
  readonly flow_id: string
  readonly revision_id: string
}

interface QueueRow {
  readonly id: string
  readonly parent_id: string | null
  readonly config: unknown
  readonly is_attended: boolean
}

/** So long after they last did something in the app, people count as being there. */
const ATTENDING_MINUTES = 10

const storedQueueSchema = z.object(queueConfigSchema.shape)

const queuesText = `
select q.id, q.parent_id, q.config, exists (
  select 1 from app_user u join browser_session b on b.user_id = u.id
  where u.disabled_at is null and u.role in (select json_array_elements_text($2::text::json))
    and b.last_seen_at > now() - make_interval(mins => $1::int)
    and (q.config ->> 'members' is null or u.id::text in (select json_array_elements_text(q.config -> 'members')))
) as is_attended
from queue q order by q.id`

/** Reads channels, publications and queues; `defaultCountry` is that of channels which name none. */
export async function loadRouting(sql: Sql, defaultCountry?: string): Promise<Routing> {
  const [channels, bindings, queues] = await Promise.all([
    sql.query<ChannelRow>(
      `select c.id, c.address, c.links, c.config,
         (select coalesce(json_agg(l.id), '[]') from link l where l.is_enabled) as enabled
       from channel c where c.is_enabled order by c.id`,
    ),
    sql.query<BindingRow>('select channel, flow_id, revision_id from flow_channel order by bound_at, flow_id'),
    sql.query<QueueRow>(queuesText, [ATTENDING_MINUTES, JSON.stringify(answeringRoles)]),
  ])
  return routingOf(channels, bindings, queues, defaultCountry)
}

function routingOf(
  channelRows: readonly ChannelRow[],
  bindings: readonly BindingRow[],
  queueRows: readonly QueueRow[],
  defaultCountry?: string,
): Routing {
  const channels = new Map(channelRows.map((row) => [row.id, routeOf(row, defaultCountry)]))
  const flows = new Map<string, ListeningFlow[]>()
  const flowByRevision = new Map<string, string>()
  const newest = new Map<string, ListeningFlow>()
  for (const { channel, flow_id: flowId, revision_id: revision } of bindings) {
    flows.set(channel, [...(flows.get(channel) ?? []), { flowId, revision }])
    flowByRevision.set(revision, flowId)
    newest.set(flowId, { flowId, revision })
  }
  return {
    channels,
    queues: new Map(queueRows.map((row) => [row.id, queueOf(row)])),
    flowsOn: (channel) => flows.get(channel) ?? [],
    listening: (channel, flowId) => flows.get(channel)?.find((flow) => flow.flowId === flowId) ?? newest.get(flowId),
    flowOf: (revision) => flowByRevision.get(revision),
    channelFor(link, to) {
      const onLink = [...channels.values()].filter(({ links }) => links.includes(link))
      const named = onLink.find(
        (route) => canonicalAddress(to, route.country) === canonicalAddress(route.address, route.country),
      )
      // A link with one channel is that channel's line, however the network spells its address.
      return named ?? (onLink.length === 1 ? onLink[0] : undefined)
    },
  }
}

function queueOf({ id, parent_id: parent, config, is_attended: isAttended }: QueueRow) {
  const { topics, hours, holidays, timezone, staffing } = storedQueueSchema.parse(config)
  return {
    id,
    parent,
    isStaffed: staffing !== 'signed-in' || isAttended,
    ...(topics !== undefined && { topics }),
    ...(hours !== undefined && { hours }),
    ...(holidays !== undefined && { holidays }),
    ...(timezone !== undefined && { timezone }),
  }
}

function routeOf(row: ChannelRow, defaultCountry: string | undefined): ChannelRoute {
  const { id, address, config, enabled } = row
  const usable = row.links.filter((link) => enabled.includes(link))
  // With none left, what is written waits for the first to be switched on again.
  const links = usable.length > 0 ? usable : row.links
  const {
    country = defaultCountry,
    timezone,
    languages = ['en'],
    keywords = true,
    words,
    validity,
    ...texts
  } = storedConfigSchema.parse(config)
  const [language] = languages
  return {
    id,
    address,
    links,
    languages,
    hasKeywords: keywords,
    validityMs: validity === undefined ? DEFAULT_VALIDITY_MS : parseDuration(validity),
    texts: {
      stop: texts.stopText ?? consentText('stop', language),
      start: texts.startText ?? consentText('start', language),
      help: texts.helpText ?? consentText('help', language),
      ...(texts.fallbackText !== undefined && { fallback: texts.fallbackText }),
    },
    ...(words !== undefined && { words: words as OwnConsentWords }),
    ...(country !== undefined && { country }),
    ...(timezone !== undefined && { timezone }),
    ...(texts.messagesPerSecond !== undefined && { messagesPerSecond: texts.messagesPerSecond }),
    ...(texts.dailyQuota !== undefined && { dailyQuota: texts.dailyQuota }),
    ...(texts.repeats !== undefined && { repeats: texts.repeats }),
    ...(texts.textsPerMinute !== undefined && { textsPerMinute: texts.textsPerMinute }),
  }
}
