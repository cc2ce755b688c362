/** Links that one of these sets joins share what they may send. */
export type Sharing = readonly (readonly string[])[]

/**
 * The link that decides where each link lives: who owns the first of those that share a budget owns them all, for what
 * they may send is counted in one process. The first of a link that shares nothing is that link itself.
 */
export function firstOfShared(links: readonly string[], sharing: Sharing): ReadonlyMap<string, string> {
  const firstOf = new Map(links.map((link) => [link, link]))
  for (const joined of sharing) {
    const known = joined.filter((link) => firstOf.has(link))
    const firsts = new Set(known.map((link) => firstOf.get(link)))
    const [first] = [...firsts].filter((one) => one !== undefined).toSorted()
    if (first === undefined) continue
    for (const [link, old] of firstOf) if (firsts.has(old)) firstOf.set(link, first)
  }
  return firstOf
}
