import { releaseLeases, renewLeases, takeLeases } from '../db/hot/leases.ts'
import type { Sql } from '../db/sql.ts'
import { type LastOwner, type LeaseStore, TTL_MS } from './ownership.ts'
import { PRESENCE, presenceResource } from './shares.ts'

/** The statements about leases, as owners call them. */
export function leaseStoreOn(sql: Sql): LeaseStore {
  return {
    lastOwners: (resources) => lastOwners(sql, resources),
    present: (kinds) => present(sql, kinds),
    take: (request) => takeLeases(sql, request),
    renew: (held) => renewLeases(sql, held),
    release: (held) => releaseLeases(sql, held),
  }
}

async function lastOwners(sql: Sql, resources: readonly string[]): Promise<Map<string, LastOwner>> {
  const rows = await sql.query<{ resource: string; owner: string; expires_at: Date }>(
    `select resource, owner, expires_at from lease
     where resource in (select x from json_array_elements_text($1::text::json) as x)`,
    [JSON.stringify(resources)],
  )
  return new Map(rows.map(({ resource, owner, expires_at }) => [resource, lastOwnerOf(owner, expires_at.getTime())]))
}

async function present(sql: Sql, kinds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql.query<{ resource: string; owner: string }>(
    `select resource, owner from lease
     where starts_with(resource, $1::text) and expires_at > clock_timestamp() order by epoch`,
    [PRESENCE],
  )
  return new Map(
    kinds.map((kind) => [
      kind,
      rows.filter(({ resource, owner }) => resource === presenceResource(kind, owner)).map(({ owner }) => owner),
    ]),
  )
}

/** A lease given back in order expires at the epoch. */
function lastOwnerOf(owner: string, expiresAt: number): LastOwner {
  return { owner, aliveAt: expiresAt === 0 ? null : expiresAt - TTL_MS }
}
