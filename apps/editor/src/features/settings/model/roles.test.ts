import { expect, test } from 'vitest'
import { isRole, scopeWords } from './roles.ts'

test.each([
  { scopes: ['*'], says: 'Everything' },
  { scopes: ['channels:read', 'messages:write'], says: 'Send and read messages' },
  { scopes: ['flows:read', 'keys:write'], says: 'flows:read, keys:write' },
])('a key for $scopes: "$says"', ({ scopes, says }) => expect(scopeWords(scopes)).toBe(says))

test.each([
  { name: 'viewer', is: true },
  { name: 'constructor', is: false },
])('$name is a role: $is', ({ name, is }) => expect(isRole(name)).toBe(is))
