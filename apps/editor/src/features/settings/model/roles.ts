/** The roles there are, each as a person would explain it. The table behind them is the runtime's. */
export const roles = {
  administrator: { name: 'Administrator', about: 'Everything, and alone people and API keys.' },
  operator: { name: 'Operator', about: 'Looks after channels, links and messages that got stuck. Changes no flow.' },
  editor: { name: 'Editor', about: 'Draws, tries and publishes flows.' },
  supervisor: { name: 'Supervisor', about: 'Looks after conversations: writes to people, ends conversations.' },
  agent: { name: 'Agent', about: 'Talks with people and sees their conversations.' },
  viewer: { name: 'Viewer', about: 'Looks at everything but people, keys and webhooks, and changes nothing.' },
} as const satisfies { readonly [role: string]: { readonly name: string; readonly about: string } }

export type Role = keyof typeof roles

/** True for the name of a role. */
export function isRole(name: string): name is Role {
  return Object.hasOwn(roles, name)
}

/** What an API key may be for. */
export const keyPurposes = {
  everything: { name: 'Everything', scopes: ['*'] },
  start: { name: 'Start conversations', scopes: ['sessions:write', 'flows:read', 'channels:read'] },
  send: { name: 'Send and read messages', scopes: ['messages:write', 'channels:read'] },
  watch: {
    name: 'Look only',
    scopes: ['flows:read', 'links:read', 'channels:read', 'messages:read', 'sessions:read', 'events:read'],
  },
  deploy: { name: 'Publish flows', scopes: ['flows:write', 'channels:read'] },
  metrics: { name: 'Read metrics', scopes: ['metrics:read'] },
} as const satisfies { readonly [purpose: string]: { readonly name: string; readonly scopes: readonly string[] } }

export type KeyPurpose = keyof typeof keyPurposes

/** What the scopes of a key mean: a purpose by its name, or the scopes themselves. */
export function scopeWords(scopes: readonly string[]): string {
  const same = (others: readonly string[]) =>
    others.length === scopes.length && others.every((scope) => scopes.includes(scope))
  return Object.values(keyPurposes).find((purpose) => same(purpose.scopes))?.name ?? scopes.join(', ')
}
