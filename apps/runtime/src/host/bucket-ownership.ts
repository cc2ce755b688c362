import { BUCKET_COUNT } from '../db/bucket.ts'
import { bucketResource } from '../db/hot/leases.ts'
import type { Ownership } from './ownership.ts'

/** The buckets whose timers and HTTP requests this process looks after. */
export interface Buckets {
  /** Null for all of them. */
  ours(): readonly number[] | null
}

/** Wants every bucket; `taken` is called whenever some become ours. */
export function wantBuckets(ownership: Ownership, taken: () => void): Buckets {
  const ours = new Set<number>()
  for (let bucket = 0; bucket < BUCKET_COUNT; bucket += 1) {
    ownership.want(bucketResource(bucket), {
      taken() {
        ours.add(bucket)
        taken()
      },
      lost: () => void ours.delete(bucket),
    })
  }
  return { ours: () => (ours.size === BUCKET_COUNT ? null : [...ours]) }
}
