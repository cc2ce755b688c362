import { isRunning, type ProcessIdentity } from '../db/engine/process-identity.ts'
import type { Lease, TakeLeases } from '../db/hot/leases.ts'
import { type Loop, startLoop } from './loop.ts'
import { type Pauses, realPauses } from './pauses.ts'

/** A resource that is ours for now. */
export interface Holding {
  readonly resource: string
  readonly epoch: number
  /** When the owner before us was surely alive last, epoch milliseconds; null when it left in order, or was none. */
  readonly previousAliveAt: number | null
  /** False once it was lost or given back; until then it may be safe again. */
  isHeld(): boolean
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

/** How long a lease lasts unless it is renewed. */
export const TTL_MS = 15_000
const RENEW_MS = 5_000
const RETRY_MS = 1_000
/** How long before its lease ends an owner stops writing, and how long after that a new one waits. */
const MARGIN_MS = 5_000

/** Who had a resource last. */
export interface LastOwner {
  readonly owner: string
  /** When it was surely alive last, epoch milliseconds; null when it left in order. */
  readonly aliveAt: number | null
}

/** The database as owners use it. */
export interface LeaseStore {
  lastOwners(resources: readonly string[]): Promise<ReadonlyMap<string, LastOwner>>
  /** Those that nobody else holds. */
  take(request: TakeLeases): Promise<readonly Lease[]>
  /** Those that are still ours. */
  renew(held: {
    readonly owner: string
    readonly leases: readonly Lease[]
    readonly ttlMs: number
  }): Promise<readonly Lease[]>
  release(held: { readonly owner: string; readonly leases: readonly Lease[] }): Promise<void>
}

export interface OwnershipDeps {
  readonly leases: LeaseStore
  readonly identity: ProcessIdentity
  /** True when no other process can have this database open: whatever a lease says, its owner is dead. */
  readonly isAlone: boolean
  failed(error: Error): void
  readonly pauses?: Pauses
  /** True when the process of this lease surely runs no more; by default the machine is asked. */
  isGone?(owner: string): Promise<boolean>
}

/**
 * Keeps leases: renewed every 5 s, lost after 15 s. A lease whose owner left in order is taken at once; one whose owner
 * is a process of this machine that runs no more, too; any other only when its owner has surely stopped writing.
 */
export function keepLeases(deps: OwnershipDeps): Ownership {
  const { leases: store, identity, isAlone, failed, pauses = realPauses, isGone: isOwnerGone = isSurelyGone } = deps
  const owner = JSON.stringify(identity)
  const wishes = new Map<string, Wish>()
  const held = new Map<string, { lease: Lease; renewedAtMs: number }>()
  let waiting: (() => void)[] = []

  const loop: Loop = startLoop(
    async () => {
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
    },
    failed,
    pauses,
  )

  async function renew(): Promise<void> {
    const startedAtMs = pauses.nowMs()
    const due = [...held.values()].filter(({ renewedAtMs }) => startedAtMs - renewedAtMs >= RENEW_MS)
    if (due.length === 0) return
    const leases = due.map(({ lease }) => lease)
    const renewed = new Map((await store.renew({ owner, leases, ttlMs: TTL_MS })).map((it) => [it.resource, it]))
    for (const { resource } of leases) {
      const lease = renewed.get(resource)
      if (lease !== undefined) held.set(resource, { lease, renewedAtMs: startedAtMs })
      else if (held.delete(resource)) wishes.get(resource)?.lost()
    }
  }

  async function take(): Promise<void> {
    const missing = [...wishes.keys()].filter((resource) => !held.has(resource))
    if (missing.length === 0) return
    const startedAtMs = pauses.nowMs()
    const before = await store.lastOwners(missing)
    // Named one by one: by the time these are taken they may be somebody's who lives.
    const gone = await goneOf(new Set([...before.values()].map((last) => last.owner)))
    const taken = await store.take({ owner, resources: missing, ttlMs: TTL_MS, graceMs: MARGIN_MS, gone })
    for (const lease of taken) {
      const { resource, epoch } = lease
      const wish = wishes.get(resource)
      held.set(resource, { lease, renewedAtMs: startedAtMs })
      wish?.taken({
        resource,
        epoch,
        previousAliveAt: before.get(resource)?.aliveAt ?? null,
        isHeld: () => held.get(resource)?.lease.epoch === epoch,
        isSafe: () => {
          const now = held.get(resource)
          return now?.lease.epoch === epoch && pauses.nowMs() - now.renewedAtMs < TTL_MS - MARGIN_MS
        },
      })
    }
  }

  async function goneOf(owners: ReadonlySet<string>): Promise<string[]> {
    const gone: string[] = []
    for (const other of owners) if (isAlone || (await isOwnerGone(other))) gone.push(other)
    return gone
  }

  async function letGo(resources: readonly string[]): Promise<void> {
    const leases = resources.flatMap((resource) => held.get(resource)?.lease ?? [])
    for (const resource of resources) {
      wishes.delete(resource)
      held.delete(resource)
    }
    if (leases.length > 0) await store.release({ owner, leases })
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

async function isSurelyGone(owner: string): Promise<boolean> {
  try {
    return (await isRunning(JSON.parse(owner) as ProcessIdentity)) === false
  } catch {
    return false
  }
}
