import { fold } from '@textloom/core'

/**
 * The id of a new entry of a list, made from what it is called: `Opening hours` becomes `opening-hours`. `taken` are the
 * exits that the node has; an id that is taken gets a number. Ids stay when labels change: edges, reports and running
 * conversations hold on to them.
 */
export function rowId(label: string, taken: ReadonlySet<string>, stem = 'option'): string {
  const plain = fold(label)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  const base = plain === '' ? stem : plain
  if (!taken.has(base) && plain !== '') return base
  for (let count = plain === '' ? 1 : 2; ; count++) {
    const id = `${base}-${count}`
    if (!taken.has(id)) return id
  }
}
