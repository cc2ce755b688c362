import { isRunning, type ProcessIdentity } from '../db/engine/process-identity.ts'
import type { Lease, TakeLeases } from '../db/hot/leases.ts'
import { type Loop, startLoop } from './loop.ts'
import { type Pauses, realPauses } from './pauses.ts'
import { kindOf, presenceResource, quotaOf } from './shares.ts'

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
  /**
   * Resolves once nothing here needs the resource any more, for it goes to another process. Resources of a kind that can
   * leave are shared by the processes that want them; without it a resource stays where it is.
   */
  leave?(): Promise<void>
  /** True while the resource lives where another one does, and is not shared by itself. */
  isTied?(): boolean
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
/** So long those present must have been the same before anything moves: one that crashes again and again gets nothing. */
const SETTLED_MS = 5_000
/** How often what those entitled to it do not take is taken by whoever sees it. */
const LEFT_OVER_MS = 10_000

/** Who had a resource last. */
export interface LastOwner {
  readonly owner: string
  /** When it was surely alive last, epoch milliseconds; null when it left in order. */
  readonly aliveAt: number | null
}

/** The database as owners use it. */
export interface LeaseStore {
  lastOwners(resources: readonly string[]): Promise<ReadonlyMap<string, LastOwner>>
  /** Who wants resources of each of these kinds and lives, the longest present first. */
  present(kinds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
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
 *
 * What can leave is shared: each process has a lease that says that it is here, asks for no more than its quota of what is
 * free, and gives back what it has beyond it when others have come to stay.
 */
export function keepLeases(deps: OwnershipDeps): Ownership {
  const { leases: store, identity, isAlone, failed, pauses = realPauses, isGone: isOwnerGone = isSurelyGone } = deps
  const owner = JSON.stringify(identity)
  const wishes = new Map<string, Wish>()
  const held = new Map<string, { lease: Lease; renewedAtMs: number }>()
  const leaving = new Set<string>()
  /** Who shared each kind when this was last looked at, since when, and whether it has been acted upon. */
  const settled = new Map<string, { who: string; sinceMs: number; isDealt: boolean }>()
  let leftOverAtMs = pauses.nowMs() + LEFT_OVER_MS
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
    const startedAtMs = pauses.nowMs()
    const missing = [...wishes.keys()].filter((resource) => !held.has(resource))
    const kinds = isAlone
      ? []
      : [...new Set([...wishes].flatMap(([name, wish]) => (isShared(wish) ? kindOf(name) : [])))]
    if (missing.length + kinds.length === 0) return
    const before = missing.length === 0 ? new Map<string, LastOwner>() : await store.lastOwners(missing)
    const present = kinds.length === 0 ? new Map<string, readonly string[]>() : await store.present(kinds)
    // Named one by one: by the time these are taken they may be somebody's who lives.
    const gone = await goneOf(new Set([...before.values()].map((last) => last.owner).concat(...present.values())))
    const sharers = new Map(kinds.map((kind) => [kind, othersOf(present.get(kind) ?? [], gone)]))
    for (const [kind, here] of sharers) lookAt(kind, here)
    const announced = kinds.map((kind) => presenceResource(kind, owner)).filter((name) => !held.has(name))
    const resources = [...announced, ...entitled(missing, before, sharers)]
    if (resources.length > 0) {
      const taken = await store.take({ owner, resources, ttlMs: TTL_MS, graceMs: MARGIN_MS, gone })
      for (const lease of taken) hold(lease, startedAtMs, before.get(lease.resource)?.aliveAt ?? null)
    }
    for (const [kind, here] of sharers) giveWhatIsBeyond(kind, here)
  }

  function hold(lease: Lease, renewedAtMs: number, previousAliveAt: number | null): void {
    const { resource, epoch } = lease
    held.set(resource, { lease, renewedAtMs })
    wishes.get(resource)?.taken({
      resource,
      epoch,
      previousAliveAt,
      isHeld: () => held.get(resource)?.lease.epoch === epoch,
      isSafe: () => {
        const now = held.get(resource)
        return now?.lease.epoch === epoch && pauses.nowMs() - now.renewedAtMs < TTL_MS - MARGIN_MS
      },
    })
  }

  /** Those present in the order of their coming, this process among them. */
  function othersOf(present: readonly string[], gone: readonly string[]): string[] {
    const living = present.filter((one) => one === owner || !gone.includes(one))
    return living.includes(owner) ? living : [...living, owner]
  }

  /** What to ask for: of what is shared no more than our quota, and nothing that one of those present has. */
  function entitled(
    missing: readonly string[],
    before: ReadonlyMap<string, LastOwner>,
    sharers: ReadonlyMap<string, readonly string[]>,
  ): string[] {
    const isLeftOver = pauses.nowMs() >= leftOverAtMs
    if (isLeftOver) leftOverAtMs = pauses.nowMs() + LEFT_OVER_MS
    const byKind = Map.groupBy(missing, (resource) => {
      const wish = wishes.get(resource)
      return wish !== undefined && isShared(wish) ? kindOf(resource) : undefined
    })
    return [...byKind].flatMap(([kind, resources]) => {
      const here = kind === undefined ? undefined : sharers.get(kind)
      if (kind === undefined || here === undefined) return resources
      const free = resources.filter((resource) => {
        const last = before.get(resource)
        return last === undefined || last.aliveAt === null || last.owner === owner || !here.includes(last.owner)
      })
      if (isLeftOver) return free
      // In any order, so that those who ask at once do not ask for the same.
      return shuffled(free).slice(0, Math.max(0, quotaOf(shareds(kind).length, here, owner) - heldOf(kind).length))
    })
  }

  const shareds = (kind: string) =>
    [...wishes].filter(([name, wish]) => isShared(wish) && kindOf(name) === kind).map(([resource]) => resource)
  const heldOf = (kind: string) => shareds(kind).filter((resource) => held.has(resource) && !leaving.has(resource))

  function shuffled(names: readonly string[]): string[] {
    const places = names.map((name) => ({ name, place: pauses.random() }))
    return places.sort((a, b) => a.place - b.place).map(({ name }) => name)
  }

  /** Whenever others share something, or something else is shared, it takes its time before anything moves. */
  function lookAt(kind: string, here: readonly string[]): void {
    const who = JSON.stringify([here, shareds(kind).length])
    if (settled.get(kind)?.who === who) return
    const sinceMs = pauses.nowMs()
    settled.set(kind, { who, sinceMs, isDealt: false })
    leftOverAtMs = sinceMs + LEFT_OVER_MS
  }

  function giveWhatIsBeyond(kind: string, here: readonly string[]): void {
    const now = settled.get(kind)
    // Once for each who come or go: what nobody else takes comes back, and stays.
    if (now === undefined || now.isDealt || pauses.nowMs() - now.sinceMs < SETTLED_MS) return
    now.isDealt = true
    for (const resource of heldOf(kind).slice(quotaOf(shareds(kind).length, here, owner))) void give(resource)
    leftOverAtMs = pauses.nowMs() + LEFT_OVER_MS
  }

  async function give(resource: string): Promise<void> {
    const lease = held.get(resource)?.lease
    leaving.add(resource)
    try {
      await wishes.get(resource)?.leave?.()
      const now = held.get(resource)?.lease
      if (lease === undefined || now?.epoch !== lease.epoch) return
      held.delete(resource)
      await store.release({ owner, leases: [now] })
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)))
    } finally {
      leaving.delete(resource)
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
      await letGo([...new Set([...wishes.keys(), ...held.keys()])])
    },
  }
}

function isShared(wish: Wish): boolean {
  return wish.leave !== undefined && wish.isTied?.() !== true
}

async function isSurelyGone(owner: string): Promise<boolean> {
  try {
    return (await isRunning(JSON.parse(owner) as ProcessIdentity)) === false
  } catch {
    return false
  }
}
