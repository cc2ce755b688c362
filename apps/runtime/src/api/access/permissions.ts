/**
 * What there is to be allowed: one name for each resource of `/api/v1`, and what a route of it does.
 * A route that is not in this table is nobody's.
 */
const resourceByPath = {
  flows: 'flows',
  links: 'links',
  channels: 'channels',
  messages: 'messages',
  sessions: 'sessions',
  'dead-letters': 'dead-letters',
  events: 'events',
  keys: 'keys',
} as const

export type Resource = (typeof resourceByPath)[keyof typeof resourceByPath] | 'handset' | 'metrics'

/** `write` includes `read`. */
export type Action = 'read' | 'write'

/** What a key may do: `flows:read`, `messages:write`, …, or `*` for everything. */
export type Scope = `${Resource}:${Action}` | '*'

const resources: readonly Resource[] = [...new Set(Object.values(resourceByPath)), 'handset', 'metrics']

/** Every scope that a key can have. */
export const scopes: readonly Scope[] = [
  '*',
  ...resources.flatMap((resource): Scope[] => [`${resource}:read`, `${resource}:write`]),
]

/** What a person in a role may do; keys are given scopes one by one. */
export const roles: { readonly [role in Role]: readonly Scope[] } = {
  admin: ['*'],
  editor: [
    'flows:write',
    'links:read',
    'channels:read',
    'messages:read',
    'sessions:write',
    'events:read',
    'handset:write',
    'dead-letters:read',
  ],
  agent: ['flows:read', 'channels:read', 'messages:write', 'sessions:read', 'events:read'],
  viewer: ['flows:read', 'links:read', 'channels:read', 'messages:read', 'sessions:read', 'events:read'],
}

export type Role = 'admin' | 'editor' | 'agent' | 'viewer'

/** What a request needs; undefined for a path that is no resource's. */
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

/** True for paths that everybody may reach without a key (CONTRACT §5); everything else needs one. */
export function isOpen(path: string): boolean {
  return path !== '/metrics' && path !== '/api' && !path.startsWith('/api/')
}

function isResourcePath(name: string): name is keyof typeof resourceByPath {
  return Object.hasOwn(resourceByPath, name)
}
