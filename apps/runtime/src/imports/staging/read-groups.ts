/** A group that a column may name. */
export interface KnownGroup {
  readonly id: string
  readonly title: string
  /** Whoever a query finds is in it, and nobody else. */
  readonly isByQuery: boolean
}

/** The groups that a cell names, and those of them that are to be made. */
export type ReadGroups = { readonly ids: readonly string[] } | { readonly problem: string }

/** Finds groups by id or title in any case, and remembers those that are not there yet. */
export function groupsReader(known: readonly KnownGroup[], canMake: boolean) {
  const byName = new Map<string, KnownGroup>()
  for (const group of known) byName.set(group.title.toLowerCase(), group)
  for (const group of known) byName.set(group.id.toLowerCase(), group)
  const made = new Map<string, KnownGroup>()

  function find(name: string): KnownGroup | string {
    const found = byName.get(name.toLowerCase())
    if (found?.isByQuery)
      return `Who is in the group "${found.title}" is decided by its query: nobody can be put into it.`
    if (found !== undefined) return found
    if (!canMake) return `There is no group "${name}": make it first, or let the import make it.`
    const id = slug(name)
    if (id === '') return `"${name}" cannot be the name of a group: it has no letter and no digit.`
    const same = byName.get(id) ?? { id, title: name.slice(0, 80), isByQuery: false }
    if (same.isByQuery) return `Who is in the group "${same.title}" is decided by its query: nobody can be put into it.`
    byName.set(id, same).set(name.toLowerCase(), same)
    if (!known.includes(same)) made.set(id, same)
    return same
  }

  return {
    /** Names stand behind each other with a semicolon, a comma or a bar between them. */
    read(cell: string): ReadGroups {
      const names = cell.split(/[;,|]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
      const found = names.map(find)
      const problem = found.find((one) => typeof one === 'string')
      if (problem !== undefined) return { problem }
      return { ids: found.flatMap((one) => (typeof one === 'string' ? [] : [one.id])) }
    },
    /** The groups that rows named and that are not there. */
    missing: (): readonly { readonly id: string; readonly title: string }[] =>
      [...made.values()].map(({ id, title }) => ({ id, title })),
  }
}

function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
}
