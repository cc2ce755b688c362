import type { Role } from '../../accounts/role.ts'

/**
 * What there is to be allowed: one name for each resource of `/api/v1`, and what a route of it does.
 * A route that is not in this table is nobody's.
 */
const resourceByPath = {
  flows: 'flows',
  templates: 'templates',
  links: 'links',
  channels: 'channels',
  messages: 'messages',
  sessions: 'sessions',
  tickets: 'tickets',
  queues: 'queues',
  imports: 'imports',
  campaigns: 'campaigns',
  contacts: 'contacts',
  groups: 'groups',
  fields: 'fields',
  consent: 'consent',
  'dead-letters': 'dead-letters',
  events: 'events',
  figures: 'figures',
  keys: 'keys',
  users: 'users',
  audit: 'audit',
  webhooks: 'webhooks',
} as const

export type Resource = (typeof resourceByPath)[keyof typeof resourceByPath] | 'handset' | 'metrics'

/** `write` includes `read`. */
export type Action = 'read' | 'write'

/** What somebody may do: `flows:read`, `messages:write`, …, or `*` for everything. */
export type Scope = `${Resource}:${Action}` | '*'

const resources: readonly Resource[] = [...new Set(Object.values(resourceByPath)), 'handset', 'metrics']

/** Every permission but `*`. */
export const permissions: readonly Scope[] = resources.flatMap((resource): Scope[] => [
  `${resource}:read`,
  `${resource}:write`,
])

/** Every scope that a key can have. */
export const scopes: readonly Scope[] = ['*', ...permissions]

const watching: readonly Scope[] = [
  'flows:read',
  'templates:read',
  'links:read',
  'channels:read',
  'messages:read',
  'sessions:read',
  'tickets:read',
  'queues:read',
  'imports:read',
  'campaigns:read',
  'contacts:read',
  'groups:read',
  'fields:read',
  'consent:read',
  'dead-letters:read',
  'events:read',
  'figures:read',
]

/** The permission table: what a person in a role may do. Keys are given scopes one by one. */
export const permissionsOfRoles: { readonly [role in Role]: readonly Scope[] } = {
  /** Everything, and alone: people, keys and the audit trail. */
  administrator: ['*'],
  /** Keeps it running: links, channels, what could not be handled. */
  operator: [
    ...watching,
    'links:write',
    'channels:write',
    'messages:write',
    'sessions:write',
    'contacts:write',
    'groups:write',
    'fields:write',
    'consent:write',
    'imports:write',
    'dead-letters:write',
    'handset:write',
    'metrics:read',
    'webhooks:write',
  ],
  /** Draws, tries and publishes conversations, and begins them with many. */
  editor: [
    ...watching,
    'flows:write',
    'sessions:write',
    'contacts:write',
    'groups:write',
    'fields:write',
    'imports:write',
    'campaigns:write',
    'handset:write',
  ],
  /** Looks after conversations and those who have them. */
  supervisor: [
    ...watching,
    'messages:write',
    'sessions:write',
    'tickets:write',
    'queues:write',
    'contacts:write',
    'groups:write',
    'consent:write',
    'imports:write',
    'dead-letters:write',
  ],
  /** Talks with contacts. */
  agent: [
    'flows:read',
    'channels:read',
    'messages:write',
    'sessions:read',
    'tickets:write',
    'queues:read',
    'contacts:write',
    'groups:read',
    'fields:read',
    'consent:write',
    'events:read',
  ],
  /** Looks, and changes nothing. */
  viewer: watching,
}

/** What a request needs: a permission, or `own` for what everybody may do about themselves. */
export type Need = Scope | 'own'

/** Undefined for a path that is no resource's. */
export function needOf(method: string, path: string): Need | undefined {
  if (/^\/api\/v1\/(?:me|me\/password|sign-out)$/.test(path)) return 'own'
  return scopeFor(method, path)
}

/** The permission that a request needs; undefined for a path that is no resource's. */
export function scopeFor(method: string, path: string): Scope | undefined {
  const action: Action = method === 'GET' || method === 'HEAD' ? 'read' : 'write'
  if (path === '/metrics') return `metrics:${action}`
  // A handset's reading is part of its one permission.
  if (/^\/api\/v1\/channels\/[^/]+\/handset$/.test(path)) return 'handset:write'
  const name = /^\/api\/v1\/([a-z-]+)(?:\/|$)/.exec(path)?.[1] ?? ''
  return isResourcePath(name) ? `${resourceByPath[name]}:${action}` : undefined
}

/** True when one of the held scopes covers the wanted one. */
export function allows(held: readonly string[], wanted: Scope): boolean {
  if (held.includes('*') || held.includes(wanted)) return true
  return wanted.endsWith(':read') && held.includes(wanted.replace(/read$/, 'write'))
}

/** What somebody may do, one by one: `*` and what `write` includes are spelt out. */
export function spellOut(held: readonly string[]): Scope[] {
  return permissions.filter((permission) => allows(held, permission))
}

/** True for paths that everybody may reach (CONTRACT §5); everything else needs a key or somebody signed in. */
export function isOpen(path: string): boolean {
  if (path === '/api/v1/sign-in' || path === '/api/v1/set-up') return true
  return path !== '/metrics' && path !== '/api' && !path.startsWith('/api/')
}

function isResourcePath(name: string): name is keyof typeof resourceByPath {
  return Object.hasOwn(resourceByPath, name)
}
