import type { Clock, Ids, Link, LinkStatus, NodeRegistry, TransportRegistry } from '@textloom/core'
import type { Registry } from 'prom-client'
import type { Campaigns } from '../campaigns/runner.ts'
import type { Sql } from '../db/sql.ts'
import type { Feed } from '../host/feed.ts'
import type { GuardedFetch } from '../host/guarded-fetch.ts'
import type { Health } from '../host/health.ts'
import type { Log } from '../host/log.ts'
import type { RoutingTable } from '../host/routing-table.ts'
import type { Services } from '../host/services/services.ts'
import type { Imports } from '../imports/runner.ts'
import type { TrustedProxies } from '../settings/environment-schema.ts'
import type { SecretBox } from '../settings/secret-box.ts'

/** What the API needs of the runtime around it: all that its routes call. */
export interface ApiServices {
  readonly sql: Sql
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly nodes: NodeRegistry
  readonly transports: TransportRegistry
  readonly box: SecretBox
  /** What can be asked of conversations: each enters by the host's one door. */
  readonly services: Services
  readonly routing: Pick<RoutingTable, 'current'>
  readonly links: ApiLinks
  /** Imports changed in the database: whoever carries them out here looks at once. */
  readonly imports: Pick<Imports, 'wake'>
  readonly feed: Pick<Feed, 'subscribe'>
  /** Whoever runs campaigns here. */
  readonly campaigns: Pick<Campaigns, 'wake'>
  readonly metrics: Registry
  /** What the operator must know about the storage. */
  readonly storage: { readonly describe: string; readonly warnings: readonly string[] }
  /** Why nothing can be accepted or stored now. */
  readonly health: Pick<Health, 'reasons'>
  /** The only way out by HTTP. */
  readonly guarded: GuardedFetch
  /** Channels, links or publications changed in the database: resolves once the runtime goes by them. */
  configurationChanged(): Promise<void>
  /** Contacts or their consent were changed: resolves once conversations here see it. */
  contactsChanged(phones: readonly string[] | 'all'): Promise<void>
}

/** The links of this process. */
export interface ApiLinks {
  /** Undefined where another process owns the link, or nobody yet. */
  status(id: string): LinkStatus | undefined
  link(id: string): Link | undefined
}

/** What an operator decided that the API goes by. */
export interface ApiSettings {
  /** `TEXTLOOM_API_KEY`: all permissions. */
  readonly apiKey?: string | undefined
  /** The key of handsets on this machine, which opens their route only. */
  readonly handsetKey?: string | undefined
  readonly defaultCountry?: string | undefined
  /** Under which people reach the app, without a slash at its end. */
  readonly publicUrl?: string | undefined
  /** Whose X-Forwarded-For and X-Forwarded-Proto count; default nobody's. */
  readonly trustProxy?: TrustedProxies | undefined
  /** The folder of the built app; absent while there is none. */
  readonly appFolder?: string | undefined
}
