import type { ContactDraft } from '../people/save-contacts.ts'
import type { FlatDraft } from './rules.ts'

/** What a flat list says of a contact, in the form that contacts are saved in. */
export function contactDraft(phone: string, flat: FlatDraft): ContactDraft {
  const entries = Object.entries(flat)
  const behind = (prefix: string) =>
    entries.flatMap(([what, value]) => (what.startsWith(prefix) ? [[what.slice(prefix.length), value] as const] : []))
  const own = (what: 'name' | 'language' | 'timezone') => {
    const value = Object.hasOwn(flat, what) ? flat[what] : undefined
    return value === undefined ? {} : { [what]: value === null ? null : String(value) }
  }
  return {
    phone,
    ...own('name'),
    ...own('language'),
    ...own('timezone'),
    fields: Object.fromEntries(behind('field:')),
    groups: Object.fromEntries(behind('group:').map(([id, isIn]) => [id, isIn === true])),
  }
}
