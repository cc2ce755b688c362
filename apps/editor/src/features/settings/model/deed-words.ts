import { isRole, roles } from './roles.ts'

/** A row of the audit trail, as far as it is told in words. */
export interface ToldDeed {
  readonly actor: string
  readonly actorName: string
  readonly action: string
  readonly subject: string | null
  readonly data: unknown
}

/** Who did it: a person by name, and what has none by what it is. */
export function actorWords({ actor, actorName }: Pick<ToldDeed, 'actor' | 'actorName'>): string {
  if (actor === 'env') return 'The settings of the instance'
  if (actor === 'cli') return 'The command line'
  if (actor === 'nobody') return 'Somebody who was not signed in'
  if (actor.startsWith('key:')) return `The key ${actorName}`
  return actorName
}

/**
 * What was done, to follow the name of who did it: `published the flow reminder`. `nameOf` names a subject by its kind
 * and id, undefined where it has no other name than its id.
 */
export function deedWords(
  { action, actor, subject, data }: ToldDeed,
  nameOf: (kind: string, id: string) => string | undefined,
): string {
  const own = ownWords[action]
  const [kind = '', id = ''] = parted(subject ?? '', ':')
  const name = nameOf(kind, id) ?? labelOf(data) ?? id
  if (own !== undefined) return subject === null || subject === actor ? own.self : `${own.other} ${name}`
  const [thing, deed] = parted(action, '.')
  return `${plain(deed)} the ${plain(thing)} ${name}`.trimEnd()
}

/** What else is known of it: the role somebody got, the kind of a link, …; undefined where there is nothing. */
export function deedFacts({ data }: Pick<ToldDeed, 'data'>): string | undefined {
  const facts = Object.entries(factsOf(data)).flatMap(([fact, value]) => {
    if (fact === 'label' || value === null || value === undefined) return []
    if (fact === 'enabled') return [value === true ? 'switched on' : 'switched off']
    if (fact === 'role' && typeof value === 'string' && isRole(value)) return [roles[value].name]
    return [`${plain(fact)}: ${Array.isArray(value) ? value.join(', ') : String(value)}`]
  })
  return facts.length === 0 ? undefined : facts.join(' · ')
}

/** What no rule of grammar says as people do: done to oneself, and to somebody else. */
const ownWords: { readonly [action: string]: { readonly self: string; readonly other: string } } = {
  'user.signed-in': { self: 'signed in', other: 'signed in' },
  'user.sign-in-refused': { self: 'was refused at the sign-in', other: 'was refused at the sign-in' },
  'user.signed-out': { self: 'signed out', other: 'signed out' },
  'user.created': { self: 'set up the instance', other: 'invited' },
  'user.changed': { self: 'changed the own account', other: 'changed the account of' },
  'user.reset': { self: 'reset the own password', other: 'reset the password of' },
  'user.password-set': { self: 'chose a password', other: 'chose a password for' },
  'user.password-changed': { self: 'changed the own password', other: 'changed the password of' },
  'user.password-refused': { self: 'gave a wrong password, to change it', other: 'gave a wrong password for' },
}

function labelOf(data: unknown): string | undefined {
  const { label } = factsOf(data)
  return typeof label === 'string' ? label : undefined
}

function factsOf(data: unknown): { readonly [fact: string]: unknown } {
  return typeof data === 'object' && data !== null ? { ...data } : {}
}

function parted(text: string, at: string): [string, string] {
  const place = text.indexOf(at)
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + 1)]
}

function plain(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('-', ' ')
}
