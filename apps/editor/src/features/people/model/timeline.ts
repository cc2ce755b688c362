import type { Json } from '@textloom/core'
import { dayName } from '../../../shared/words/moment.ts'

/** One thing that is another now. */
export interface Change {
  readonly what: string
  readonly from: Json
  readonly to: Json
}

const properties: { readonly [what: string]: string } = { name: 'Name', language: 'Language', timezone: 'Time zone' }

/** What was changed, in words. */
export function changeSentence({ what, from, to }: Change, titles: ReadonlyMap<string, string>): string {
  if (what === 'contact') return typeof from === 'string' ? `Merged with ${from}` : 'Became a contact'
  if (what.startsWith('group:')) {
    const group = what.slice('group:'.length)
    return to === true ? `Joined the group ${group}` : `Left the group ${group}`
  }
  const key = what.startsWith('field:') ? what.slice('field:'.length) : undefined
  const title = key === undefined ? (properties[what] ?? what) : (titles.get(key) ?? key)
  return from === null ? `${title}: ${valueText(to)}` : `${title}: ${valueText(from)} → ${valueText(to)}`
}

/** A value as people read it. */
export function valueText(value: Json | undefined): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? JSON.stringify(value) : String(value).replace(/^(\d{4}-\d\d-\d\d)T/, '$1 ')
}

/** Items by the day on which they happened, in their order. */
export function timelineDays<Item extends { readonly at: string }>(
  items: readonly Item[],
): readonly { readonly day: string; readonly items: readonly Item[] }[] {
  return [...Map.groupBy(items, ({ at }) => dayName(Date.parse(at)))].map(([day, list]) => ({ day, items: list }))
}
