/** Makes an id for something new; `stem` says what it is, for those who read the document. */
export type NewId = (stem: string) => string

const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * Ids such as `menu-7k2q9x`: readable, and never those of a node that was there before, since reports tell nodes apart by
 * id across revisions.
 */
export const randomId: NewId = (stem) => {
  const octets = crypto.getRandomValues(new Uint8Array(6))
  return `${stem.slice(0, 57)}-${Array.from(octets, (octet) => letters[octet % letters.length]).join('')}`
}

/** Ids that count up, for tests: `menu-1`, `edge-2`, … */
export function countingIds(): NewId {
  let count = 0
  return (stem) => `${stem}-${++count}`
}
