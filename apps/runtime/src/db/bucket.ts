/** How many buckets the keys are spread over. Fixed for ever: it stands in every stored key. */
export const BUCKET_COUNT = 64

/**
 * The bucket of one (channel, phone): first column of every key, what lanes and leases own, the distribution column
 * on Citus.
 */
export function bucketOf(channel: string, phone: string): number {
  // NUL cannot occur in either, so no two pairs read the same.
  return fnv1a(`${channel}\0${phone}`) % BUCKET_COUNT
}

/** 31-bit hash of a phone alone: says which slot of a link sends its MTs (`phoneHash % slots`). */
export function phoneHash(phone: string): number {
  return fnv1a(phone) >>> 1
}

/** FNV-1a, 32 bits, over the UTF-8 octets (draft-eastlake-fnv). */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) return fnv1aOctets(new TextEncoder().encode(text))
    hash = Math.imul(hash ^ unit, 0x01000193)
  }
  return hash >>> 0
}

function fnv1aOctets(octets: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const octet of octets) hash = Math.imul(hash ^ octet, 0x01000193)
  return hash >>> 0
}
