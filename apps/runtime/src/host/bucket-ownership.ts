import { BUCKET_COUNT } from '../db/bucket.ts'
import { bucketResource } from '../db/hot/leases.ts'
import type { Ownership } from './ownership.ts'

/** The buckets whose timers and HTTP requests this process looks after. */
export interface Buckets {
  /** Null for all of them. */
  ours(): readonly number[] | null
}

/**
 * Wants every bucket; `taken` is called whenever some become ours. One that goes to another process does so once
 * `underWay` resolves: no request of it is on its way any more, or it was waited for long enough.
 */
export function wantBuckets(
  ownership: Ownership,
  taken: () => void,
  underWay: (bucket: number) => Promise<unknown>,
): Buckets {
  const ours = new Set<number>()
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket += 1) {
    ownership.want(bucketResource(bucket), {
      taken() {
        ours.add(bucket)
        taken()
      },
      lost: () => void ours.delete(bucket),
      async leave() {
        ours.delete(bucket)
        await underWay(bucket)
      },
    })
  }
  return { ours: () => (ours.size === BUCKET_COUNT ? null : [...ours]) }
}
