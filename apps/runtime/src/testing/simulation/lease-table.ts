import type { Lease, TakeLeases } from '../../db/hot/leases.ts'
import { type LastOwner, TTL_MS } from '../../host/ownership.ts'
import { presenceResource } from '../../host/shares.ts'

interface LeaseRow {
  readonly owner: string
  readonly epoch: number
  readonly expiresAt: number
}

/** Who holds which lease, by the rules of db/hot/leases. */
export class LeaseTable {
  readonly #now: () => number
  readonly #rows = new Map<string, LeaseRow>()
  #epochs = 0

  /** @param now Epoch milliseconds. */
  constructor(now: () => number) {
    this.#now = now
  }

  lastOwners(resources: readonly string[]): Map<string, LastOwner> {
    return new Map(
      resources.flatMap((resource) => {
        const lease = this.#rows.get(resource)
        if (lease === undefined) return []
        const { owner, expiresAt } = lease
        return [[resource, { owner, aliveAt: expiresAt === 0 ? null : expiresAt - TTL_MS }] as const]
      }),
    )
  }

  present(kinds: readonly string[]): Map<string, string[]> {
    const living = [...this.#rows]
      .filter(([, { expiresAt }]) => expiresAt > this.#now())
      .sort(([, a], [, b]) => a.epoch - b.epoch)
    return new Map(
      kinds.map((kind) => [
        kind,
        living.flatMap(([resource, { owner }]) => (resource === presenceResource(kind, owner) ? [owner] : [])),
      ]),
    )
  }

  take({ owner, resources, ttlMs, graceMs, force = false, gone = [] }: TakeLeases): Lease[] {
    const now = this.#now()
    return resources.flatMap((resource) => {
      const before = this.#rows.get(resource)
      const isFree =
        before === undefined ||
        before.owner === owner ||
        gone.includes(before.owner) ||
        before.expiresAt + graceMs <= now
      return isFree || force ? [this.#lease(resource, { owner, epoch: ++this.#epochs, expiresAt: now + ttlMs })] : []
    })
  }

  renew({
    owner,
    leases,
    ttlMs,
  }: {
    readonly owner: string
    readonly leases: readonly Lease[]
    readonly ttlMs: number
  }): Lease[] {
    const expiresAt = this.#now() + ttlMs
    return leases
      .filter(({ resource, epoch }) => this.isHeldBy(resource, { owner, epoch }))
      .map(({ resource, epoch }) => this.#lease(resource, { owner, epoch, expiresAt }))
  }

  release({ owner, leases }: { readonly owner: string; readonly leases: readonly Lease[] }): void {
    for (const { resource, epoch } of leases) {
      if (this.isHeldBy(resource, { owner, epoch })) this.#lease(resource, { owner, epoch, expiresAt: 0 })
    }
  }

  isHeldBy(resource: string, { owner, epoch }: Holder): boolean {
    const lease = this.#rows.get(resource)
    return lease?.owner === owner && lease.epoch === epoch
  }

  /** The epoch in which an owner holds a resource; undefined where it does not. */
  epochOf(resource: string, owner: string): number | undefined {
    const lease = this.#rows.get(resource)
    return lease?.owner === owner ? lease.epoch : undefined
  }

  #lease(resource: string, row: LeaseRow): Lease {
    this.#rows.set(resource, row)
    return { resource, epoch: row.epoch, expiresAt: row.expiresAt }
  }
}

/** Whoever says that a lease is theirs. */
export interface Holder {
  readonly owner: string
  readonly epoch: number
}
