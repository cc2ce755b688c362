/** What is shared among processes by itself: `link`, `bucket`. */
export function kindOf(resource: string): string {
  return resource.slice(0, resource.indexOf(':'))
}

/** The lease that says that a process is here and wants resources of a kind. */
export function presenceResource(kind: string, owner: string): string {
  return `${PRESENCE}${kind}:${owner}`
}

/** What the names of such leases begin with. */
export const PRESENCE = 'present:'

/**
 * How many of `total` things alike `who` has when those in `here` share them: as many each, and of what is left over one
 * each for those who came first, so that little moves when another comes.
 */
export function quotaOf(total: number, here: readonly string[], who: string): number {
  return Math.floor(total / here.length) + (here.indexOf(who) < total % here.length ? 1 : 0)
}
