/** The orders of the list, as the API names them. */
export const peopleOrders = [
  { value: '-created', label: 'Newest first' },
  { value: '-last-reply', label: 'Last to write first' },
  { value: 'phone', label: 'By number' },
] as const

/** One of them. */
export type PeopleOrder = (typeof peopleOrders)[number]['value']

/** What the address of the list asks for: `?q=anna&group=vip&query=field.city+%3D+P%C3%A9cs`. */
export interface PeopleSearch {
  readonly q?: string
  readonly group?: string
  readonly query?: string
  readonly sort?: PeopleOrder
}

/** Takes from an address what makes sense in it. */
export function readPeopleSearch({ q, group, query, sort }: Record<string, unknown>): PeopleSearch {
  const order = peopleOrders.find(({ value }) => value === sort)?.value
  return {
    ...textOf('q', q, 200),
    ...textOf('group', group, 160),
    ...textOf('query', query, 2_000),
    ...(order !== undefined && order !== peopleOrders[0].value && { sort: order }),
  }
}

/** A number in an address is a text that looks like one. */
function textOf(name: 'q' | 'group' | 'query', value: unknown, most: number): PeopleSearch {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text.trim() !== '' ? { [name]: text.trim().slice(0, most) } : {}
}
