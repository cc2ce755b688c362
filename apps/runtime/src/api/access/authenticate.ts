import { timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import { type Db, drizzleOver } from '../../db/drizzle.ts'
import type { ApiEnv } from '../http/env.ts'
import { Problem } from '../http/problem.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { findKey, hashOf, touchKey } from './keys.ts'
import { allows, isOpen, type Scope, scopeFor } from './permissions.ts'
import type { Principal } from './principal.ts'

const TOUCH_EVERY_MS = 60_000

/** Lets nobody pass without a key that allows what is asked, except to what is open. */
export function authenticate(
  { sql, clock, log }: ApiServices,
  settings: Pick<ApiSettings, 'apiKey' | 'handsetKey'>,
): MiddlewareHandler<ApiEnv> {
  const db = drizzleOver(sql)
  const ownKeys = ownKeysOf(settings)
  const touched = lastUses(db, (error) =>
    log('warn', 'the last use of a key could not be noted', { error: error.name }),
  )

  return async (c, next) => {
    if (isOpen(c.req.path)) return next()
    const secret = bearerOf(c.req.header('authorization'))
    if (secret === undefined) {
      throw new Problem('auth/no-key', 'Send a key in the header "Authorization: Bearer KEY".', {}, challenge)
    }
    const principal = ownKeys(secret) ?? (await keyOf(db, secret))
    if (principal === undefined) {
      const detail = 'This key does not exist or was revoked. Make one with "textloom key create" or POST /api/v1/keys.'
      throw new Problem(
        'auth/unknown-key',
        detail,
        {},
        { 'www-authenticate': `${challenge['www-authenticate']}, error="invalid_token"` },
      )
    }
    touched(principal, clock.now())
    const scope = scopeFor(c.req.method, c.req.path)
    if (scope === undefined)
      throw new Problem('request/not-found', 'There is nothing at this path. /docs lists what there is.')
    if (!allows(principal.scopes, scope)) throw forbidden(scope)
    c.set('principal', principal)
    await next()
  }
}

const challenge = { 'www-authenticate': 'Bearer realm="textloom"' }

function forbidden(scope: Scope): Problem {
  return new Problem('auth/forbidden', `This needs a key with the scope "${scope}".`, { scope })
}

/** Keys are taken from this header only: addresses end up in logs and histories. */
function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(header ?? '')?.[1]
}

async function keyOf(db: Db, secret: string): Promise<Principal | undefined> {
  const key = await findKey(db, secret)
  return key && { id: `key:${key.id}`, label: key.label, scopes: key.scopes }
}

/** The keys that stand in no table. */
function ownKeysOf({ apiKey, handsetKey }: Pick<ApiSettings, 'apiKey' | 'handsetKey'>) {
  const known = [
    { secret: apiKey, principal: { id: 'env', label: 'TEXTLOOM_API_KEY', scopes: ['*'] } },
    { secret: handsetKey, principal: { id: 'handset', label: 'handset', scopes: ['handset:write'] } },
  ].flatMap(({ secret, principal }) => (secret === undefined ? [] : [{ hash: Buffer.from(hashOf(secret)), principal }]))
  return (secret: string): Principal | undefined => {
    // Hashes are of one length, and all are compared whole: the time taken tells nothing.
    const hash = Buffer.from(hashOf(secret))
    return known.filter((one) => timingSafeEqual(one.hash, hash))[0]?.principal
  }
}

/** Notes the last use of keys, at most once a minute each. */
function lastUses(db: Db, failed: (error: Error) => void): (principal: Principal, now: number) => void {
  const notedAt = new Map<string, number>()
  return ({ id }, now) => {
    if (!id.startsWith('key:') || now - (notedAt.get(id) ?? 0) < TOUCH_EVERY_MS) return
    notedAt.set(id, now)
    touchKey(db, id.slice('key:'.length), new Date(now)).catch(failed)
  }
}
