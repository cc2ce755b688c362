import type { Part, StoredParts } from '../../db/hot/parts.ts'
import type { PartKey } from '../../db/hot/types.ts'
import { nameOf } from '../../host/session-cache.ts'
import { copyOf } from './storage-rows.ts'

/** Parts of long MOs, by the rules of db/hot/parts. */
export class PartTable {
  readonly #rows = new Map<string, { readonly part: Part; doneAt: number | null }>()

  store(part: Part, reuseAfterMs: number): StoredParts {
    const before = this.#rows.get(partName(part))
    const isOther = before?.part.octetsHex !== part.octetsHex || before.part.total !== part.total
    const isReused = before?.doneAt != null && before.doneAt < part.receivedAt - reuseAfterMs
    const isNew = isOther || isReused
    if (isNew) this.#rows.set(partName(part), { part: copyOf(part), doneAt: null })
    const isSame = (other: Part) => nameOf(other) === nameOf(part) && other.reference === part.reference
    const waiting = [...this.#rows.values()].flatMap(({ part: other, doneAt }) =>
      doneAt === null && isSame(other) && other.total === part.total ? [other] : [],
    )
    return { isNew, waiting: copyOf(waiting.sort((a, b) => a.sequence - b.sequence)) }
  }

  overdue({ before, limit }: { readonly before: number; readonly limit: number }): Part[] {
    const waiting = [...this.#rows.values()].flatMap(({ part, doneAt }) => (doneAt === null ? [part] : []))
    const messages = Map.groupBy(waiting, (part) => `${nameOf(part)} ${part.reference}`).values()
    const overdue = [...messages].filter((parts) => parts.every(({ receivedAt }) => receivedAt <= before))
    return copyOf(overdue.flat().slice(0, limit))
  }

  /** @param at Epoch milliseconds. */
  markDone(key: PartKey, at: number): void {
    const row = this.#rows.get(partName(key))
    if (row !== undefined) row.doneAt = at
  }
}

function partName({ channel, phone, reference, sequence }: PartKey): string {
  return `${channel} ${phone} ${reference} ${sequence}`
}
