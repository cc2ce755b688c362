import type { Json } from './json.ts'
import type { Address } from './message.ts'

/** The person at the other end, as flows see them under `contact.*`. */
export interface Contact {
  readonly phone: Address
  readonly name?: string
  /** BCP 47 tag, for example `hu`. */
  readonly language?: string
  /** IANA time zone, for example `Europe/Budapest`; that of the channel, then UTC, while unknown. */
  readonly timezone?: string
  readonly fields: { readonly [name: string]: Json }
  readonly groups: readonly string[]
}

/** One change of a contact, as flows make it. */
export type ContactChange =
  /** A field gets a value; null clears it. */
  | { readonly field: string; readonly value: Json }
  | { readonly group: string; readonly change: 'added' | 'removed' }
  | { readonly language: string }
  | { readonly name: string }
  /** IANA time zone. */
  | { readonly timezone: string }
  /** Agreed or refused to be texted: at all, or about one topic. */
  | { readonly consent: 'in' | 'out'; readonly topic?: string }

/** The contact after a change. Consent is kept by the host, so it changes nothing here. */
export function changedContact(contact: Contact, change: ContactChange): Contact {
  if ('field' in change) {
    const { [change.field]: _before, ...others } = contact.fields
    return { ...contact, fields: change.value === null ? others : { ...others, [change.field]: change.value } }
  }
  if ('group' in change) {
    const others = contact.groups.filter((group) => group !== change.group)
    return { ...contact, groups: change.change === 'added' ? [...others, change.group] : others }
  }
  return 'consent' in change ? contact : { ...contact, ...change }
}
