import type { QueryKey } from '@tanstack/react-query'

/** The names of the runtime's server-sent events that tell of something that happened. */
export const liveFamilies = ['message', 'session', 'ticket', 'link', 'campaign', 'import', 'other'] as const

/** What the stream says: what happened, where, and to whom. */
export interface LiveItem {
  readonly kind: string
  readonly channel?: string
  readonly phone?: string
  readonly data?: unknown
}

/**
 * Which answers of the runtime are out of date once this has happened, by the beginnings of their query keys. A key
 * `[name, {phone}]` is about one phone only.
 */
export function outdatedBy(item: LiveItem): readonly QueryKey[] {
  const { kind, phone } = item
  const run = textIn(item, 'run')
  const session: QueryKey[] = run === undefined ? [] : [['session', run]]
  if (kind === 'dlr' || /^(?:mo|mt|keyword|fallback)\./.test(kind)) {
    return [['messages', { phone }], ['thread', { phone }], ...session]
  }
  if (kind.startsWith('ticket.')) {
    const ticket = textIn(item, 'ticket')
    return [['tickets'], ...(ticket === undefined ? [] : [['ticket', ticket]]), ['thread', { phone }], ...session]
  }
  if (kind === 'session.started' || kind === 'session.ended') return [['sessions'], ['flows'], ['figures'], ...session]
  if (kind === 'result' || /^(?:session|node|http)\./.test(kind)) return [['sessions'], ...session]
  if (kind.startsWith('campaign.')) {
    const campaign = textIn(item, 'campaign')
    return [['campaigns'], ...(campaign === undefined ? [] : [['campaign', campaign]])]
  }
  if (kind.startsWith('import.')) return [['imports'], ['import', textIn(item, 'import')]]
  if (kind.startsWith('link.')) return [['links'], ['channels']]
  if (kind === 'event.dead') return [['dead-letters'], ['messages', { phone }]]
  return [['messages', { phone }], ...session]
}

/** True when `key` is one of those, or more special; what is about another phone is not. */
export function isOutdated(key: QueryKey, outdated: QueryKey): boolean {
  return outdated.every((part, index) => {
    const own = key[index]
    if (!isAbout(part)) return own === part
    return !isAbout(own) || own.phone === undefined || part.phone === undefined || own.phone === part.phone
  })
}

function isAbout(part: unknown): part is { readonly phone?: string } {
  return typeof part === 'object' && part !== null
}

/** What the stream says of something by this name; undefined when it says nothing, or no text. */
export function textIn({ data }: Pick<LiveItem, 'data'>, name: string): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const value: unknown = Reflect.get(data, name)
  return typeof value === 'string' ? value : undefined
}
