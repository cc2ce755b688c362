import type { Sql } from '../sql.ts'
import { lookedUp, recordset } from './recordset.ts'

/** Ownership of a resource for now. Times are the database's. */
export interface Lease {
  readonly resource: string
  /** Grows with every take-over, across all resources. */
  readonly epoch: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** Who owns a link's slot: its MTs. */
export const slotResource = (link: string, slot: number): string => `link:${link}:${slot}`

/** Who owns a bucket: its timers and HTTP requests. */
export const bucketResource = (bucket: number): string => `bucket:${bucket}`

export interface TakeLeases {
  readonly owner: string
  readonly resources: readonly string[]
  readonly ttlMs: number
  /** How long after its expiry a lease may still be trusted by its old owner. */
  readonly graceMs: number
  /** True when every other owner is known to be dead: the engine of this data folder is ours alone. */
  readonly force?: boolean
  /** Owners that surely run no more: what is still theirs when it is taken need not expire. */
  readonly gone?: readonly string[]
}

interface LeaseRow {
  readonly resource: string
  readonly epoch: number
  readonly expires_at: Date
}

const take = `
insert into lease (resource, owner, epoch, expires_at)
select x.resource, $2::text, nextval('lease_epoch'), clock_timestamp() + $3::int * interval '1 ms'
from json_array_elements_text($1::text::json) as x(resource)
on conflict (resource) do update
set owner = excluded.owner, epoch = excluded.epoch, expires_at = excluded.expires_at
where $5::boolean or lease.owner = excluded.owner or jsonb_exists($6::text::jsonb, lease.owner)
  or lease.expires_at + $4::int * interval '1 ms' <= excluded.expires_at - $3::int * interval '1 ms'
returning resource, epoch, expires_at`

/** Takes those of `resources` that nobody holds, each under a new epoch; the others are left out of the answer. */
export async function takeLeases(sql: Sql, request: TakeLeases): Promise<Lease[]> {
  const { owner, ttlMs, graceMs, force = false, gone = [] } = request
  const resources = JSON.stringify(request.resources.toSorted())
  return (await sql.query<LeaseRow>(take, [resources, owner, ttlMs, graceMs, force, JSON.stringify(gone)])).map(leaseOf)
}

const held = recordset(1, 'x', { resource: 'text', epoch: 'bigint' })

const renew = `
update lease l set expires_at = clock_timestamp() + $3::int * interval '1 ms' from ${held}
where ${lookedUp('l', 'x', ['resource'])} and l.owner = $2::text and l.epoch = x.epoch
returning l.resource, l.epoch, l.expires_at`

/** Prolongs `leases`; one that is missing from the answer was lost to another owner. */
export async function renewLeases(
  sql: Sql,
  { owner, leases, ttlMs }: { readonly owner: string; readonly leases: readonly Lease[]; readonly ttlMs: number },
): Promise<Lease[]> {
  return (await sql.query<LeaseRow>(renew, [listOf(leases), owner, ttlMs])).map(leaseOf)
}

const release = `
update lease l set expires_at = 'epoch' from ${held}
where ${lookedUp('l', 'x', ['resource'])} and l.owner = $2::text and l.epoch = x.epoch`

/** Gives `leases` back, so that another owner need not wait for them to expire. */
export async function releaseLeases(
  sql: Sql,
  { owner, leases }: { readonly owner: string; readonly leases: readonly Lease[] },
): Promise<void> {
  await sql.query(release, [listOf(leases), owner])
}

function listOf(leases: readonly Lease[]): string {
  const rows = leases.map(({ resource, epoch }) => ({ resource, epoch }))
  return JSON.stringify(rows.sort((a, b) => (a.resource < b.resource ? -1 : 1)))
}

function leaseOf(row: LeaseRow): Lease {
  return { resource: row.resource, epoch: row.epoch, expiresAt: row.expires_at.getTime() }
}
