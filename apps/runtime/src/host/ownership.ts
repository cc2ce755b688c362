import { isRunning, type ProcessIdentity } from '../db/engine/process-identity.ts'
import { type Lease, releaseLeases, renewLeases, takeLeases } from '../db/hot/leases.ts'
import type { Sql } from '../db/sql.ts'
import { type Loop, startLoop } from './loop.ts'

/** A resource that is ours for now. */
export interface Holding {
  readonly resource: string
  readonly epoch: number
  /** When the owner before us was surely alive last, epoch milliseconds; null when it left in order, or was none. */
  readonly previousAliveAt: number | null
  /** False once so much time has gone by since the last renewal that another process might own it soon. */
  isSafe(): boolean
}

/** What is done when a resource comes and goes. */
export interface Wish {
  taken(holding: Holding): void
  lost(): void
}

/** The leases of this process. */
export interface Ownership {
  /** Takes the resource as soon as nobody else holds it, and keeps it. */
  want(resource: string, wish: Wish): void
  /** Gives it back; nothing that needs it may run any more. */
  release(resource: string): Promise<void>
  /** Resolves when each resource wanted so far was asked for once. */
  asked(): Promise<void>
  /** Gives everything back. */
  stop(): Promise<void>
}

const TTL_MS = 15_000
const RENEW_MS = 5_000
const RETRY_MS = 1_000
/** How long before its lease ends an owner stops writing, and how long after that a new one waits. */
const MARGIN_MS = 5_000

export interface OwnershipDeps {
  readonly sql: Sql
  readonly identity: ProcessIdentity
  /** True when no other process can have this database open: whatever a lease says, its owner is dead. */
  readonly isAlone: boolean
  failed(error: Error): void
}

/**
 * Keeps leases: renewed every 5 s, lost after 15 s. A lease whose owner left in order is taken at once; one whose owner
 * is a process of this machine that runs no more, too; any other only when its owner has surely stopped writing.
 */
export function keepLeases({ sql, identity, isAlone, failed }: OwnershipDeps): Ownership {
  const owner = JSON.stringify(identity)
  const wishes = new Map<string, Wish>()
  const held = new Map<string, { lease: Lease; renewedAtMs: number }>()
  let waiting: (() => void)[] = []

  const loop: Loop = startLoop(async () => {
    // A pass that has begun does not know of wishes made since.
    const mine = waiting
    waiting = []
    try {
      await renew()
      await take()
    } catch (error) {
      waiting = [...mine, ...waiting]
      throw error
    }
    for (const asked of mine) asked()
    return RETRY_MS
  }, failed)

  async function renew(): Promise<void> {
    const startedAtMs = performance.now()
    const due = [...held.values()].filter(({ renewedAtMs }) => startedAtMs - renewedAtMs >= RENEW_MS)
    if (due.length === 0) return
    const leases = due.map(({ lease }) => lease)
    const renewed = new Map((await renewLeases(sql, { owner, leases, ttlMs: TTL_MS })).map((it) => [it.resource, it]))
    for (const { resource } of leases) {
      const lease = renewed.get(resource)
      if (lease !== undefined) held.set(resource, { lease, renewedAtMs: startedAtMs })
      else if (held.delete(resource)) wishes.get(resource)?.lost()
    }
  }

  async function take(): Promise<void> {
    const missing = [...wishes.keys()].filter((resource) => !held.has(resource))
    if (missing.length === 0) return
    const startedAtMs = performance.now()
    const before = await lastOwners(sql, missing)
    const [gone, others] = await splitByLife(missing, before)
    const terms = { owner, ttlMs: TTL_MS, graceMs: MARGIN_MS }
    const taken = [
      ...(gone.length > 0 ? await takeLeases(sql, { ...terms, resources: gone, force: true }) : []),
      ...(others.length > 0 ? await takeLeases(sql, { ...terms, resources: others }) : []),
    ]
    for (const lease of taken) {
      const { resource, epoch } = lease
      const wish = wishes.get(resource)
      held.set(resource, { lease, renewedAtMs: startedAtMs })
      wish?.taken({
        resource,
        epoch,
        previousAliveAt: before.get(resource)?.aliveAt ?? null,
        isSafe: () => {
          const now = held.get(resource)
          return now?.lease.epoch === epoch && performance.now() - now.renewedAtMs < TTL_MS - MARGIN_MS
        },
      })
    }
  }

  async function splitByLife(resources: readonly string[], before: ReadonlyMap<string, LastOwner>) {
    const verdicts = new Map<string, boolean>()
    const isGone = async (owner: string): Promise<boolean> => {
      const verdict = verdicts.get(owner) ?? (isAlone || (await isSurelyGone(owner)))
      verdicts.set(owner, verdict)
      return verdict
    }
    const gone: string[] = []
    const others: string[] = []
    for (const resource of resources) {
      const last = before.get(resource)
      ;(last !== undefined && (await isGone(last.owner)) ? gone : others).push(resource)
    }
    return [gone, others] as const
  }

  async function letGo(resources: readonly string[]): Promise<void> {
    const leases = resources.flatMap((resource) => held.get(resource)?.lease ?? [])
    for (const resource of resources) {
      wishes.delete(resource)
      held.delete(resource)
    }
    if (leases.length > 0) await releaseLeases(sql, { owner, leases })
  }

  return {
    want(resource, wish) {
      wishes.set(resource, wish)
      loop.wake()
    },
    release: (resource) => letGo([resource]),
    asked() {
      loop.wake()
      return new Promise((resolve) => waiting.push(resolve))
    },
    async stop() {
      await loop.stop()
      await letGo([...wishes.keys()])
    },
  }
}

interface LastOwner {
  readonly owner: string
  readonly aliveAt: number | null
}

async function lastOwners(sql: Sql, resources: readonly string[]): Promise<Map<string, LastOwner>> {
  const rows = await sql.query<{ resource: string; owner: string; expires_at: Date }>(
    `select resource, owner, expires_at from lease
     where resource in (select x from json_array_elements_text($1::text::json) as x)`,
    [JSON.stringify(resources)],
  )
  return new Map(
    rows.map(({ resource, owner, expires_at }) => {
      // A lease given back in order expires at the epoch.
      const expiresAt = expires_at.getTime()
      return [resource, { owner, aliveAt: expiresAt === 0 ? null : expiresAt - TTL_MS }]
    }),
  )
}

async function isSurelyGone(owner: string): Promise<boolean> {
  try {
    return (await isRunning(JSON.parse(owner) as ProcessIdentity)) === false
  } catch {
    return false
  }
}
