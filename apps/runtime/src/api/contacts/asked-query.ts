/** How a list of contacts, their number or a file of them is narrowed in an address. */
export interface AskedContacts {
  readonly query?: string | undefined
  /** Words of a name, or digits of a phone number. */
  readonly q?: string | undefined
  /** Of either kind. */
  readonly group?: string | undefined
}

/** All of it as one query; undefined asks for everybody. */
export function askedQuery({ query, q, group }: AskedContacts): string | undefined {
  const parts = [
    ...(query === undefined || query.trim() === '' ? [] : [query]),
    ...(group === undefined ? [] : [`group = ${quoted(group)}`]),
    ...(q === undefined || q.trim() === '' ? [] : [quoted(q.trim())]),
  ]
  if (parts.length === 0) return undefined
  return parts.length === 1 ? parts[0] : parts.map((part) => `(${part})`).join(' and ')
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"“”]/g, (mark) => `\\${mark}`)}"`
}
