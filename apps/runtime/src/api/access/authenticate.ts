import { timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { type BrowserSession, findSession, touchSession } from '../../accounts/browser-sessions.ts'
import { hashOfToken } from '../../accounts/token.ts'
import { type Db, drizzleOver } from '../../db/drizzle.ts'
import type { ApiEnv } from '../http/env.ts'
import { Problem } from '../http/problem.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { giveSessionToken, sessionToken, takeSessionToken } from './cookie.ts'
import { findKey, touchKey } from './keys.ts'
import { watchRevocations } from './live-authority.ts'
import { allows, isOpen, needOf, permissionsOfRoles, type Scope } from './permissions.ts'
import type { Principal } from './principal.ts'

const TOUCH_EVERY_MS = 60_000

/** Lets nobody pass without a key or sign-in that allows what is asked, except to what is open. */
export function authenticate(
  services: ApiServices,
  settings: Pick<ApiSettings, 'apiKey' | 'handsetKey'>,
): MiddlewareHandler<ApiEnv> {
  const { sql, clock, log } = services
  const db = drizzleOver(sql)
  const ownKeys = ownKeysOf(settings)
  const revocations = watchRevocations(services)
  const touched = lastUses(db, (error) =>
    log('warn', 'the last use of a key could not be noted', { error: error.name }),
  )

  async function byKey(secret: string): Promise<Principal> {
    const principal = ownKeys(secret) ?? (await keyOf(db, secret))
    if (principal === undefined) {
      const detail = 'This key does not exist or was revoked. Make one with "textloom key create" or POST /api/v1/keys.'
      throw new Problem('auth/unknown-key', detail, {}, challenge(', error="invalid_token"'))
    }
    touched(principal, clock.now())
    return principal
  }

  async function byCookie(c: Context<ApiEnv>, token: string): Promise<Principal> {
    const now = new Date(clock.now())
    const session = await findSession(db, token, now)
    if (session === undefined) {
      takeSessionToken(c)
      throw new Problem('auth/signed-out', 'You are not signed in any more. Sign in again.', {}, challenge())
    }
    if (now.getTime() - session.lastSeenAt.getTime() >= TOUCH_EVERY_MS) {
      await touchSession(db, session, now)
      giveSessionToken(c, token)
    }
    return principalOf(session)
  }

  return async (c, next) => {
    if (isOpen(c.req.path)) return next()
    const secret = bearerOf(c.req.header('authorization'))
    const token = secret === undefined ? sessionToken(c) : undefined
    if (secret === undefined && token === undefined) {
      const detail = 'Sign in, or send a key in the header "Authorization: Bearer KEY".'
      throw new Problem('auth/no-key', detail, {}, challenge())
    }
    const principal = secret === undefined ? await byCookie(c, token ?? '') : await byKey(secret)
    const need = needOf(c.req.method, c.req.path)
    if (need === undefined)
      throw new Problem('request/not-found', 'There is nothing at this path. /docs lists what there is.')
    if (need !== 'own' && !allows(principal.scopes, need)) throw forbidden(principal, need)
    c.set('principal', principal)
    c.set('onRevoked', (revoked) => revocations.watch(principal, revoked))
    await next()
  }
}

function challenge(more = '') {
  return { 'www-authenticate': `Bearer realm="textloom"${more}` }
}

function forbidden({ user }: Principal, scope: Scope): Problem {
  const detail =
    user === undefined
      ? `This needs a key with the scope "${scope}".`
      : `Your role "${user.role}" does not allow this (${scope}). An administrator can give you another one.`
  return new Problem('auth/forbidden', detail, { scope })
}

/** Keys are taken from this header only: addresses end up in logs and histories. */
function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(header ?? '')?.[1]
}

function principalOf({ user, hash }: BrowserSession): Principal {
  return { id: `user:${user.id}`, label: user.name, scopes: permissionsOfRoles[user.role], user, session: hash }
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
  ].flatMap(({ secret, principal }) =>
    secret === undefined ? [] : [{ hash: Buffer.from(hashOfToken(secret)), principal }],
  )
  return (secret: string): Principal | undefined => {
    // Hashes are of one length, and all are compared whole: the time taken tells nothing.
    const hash = Buffer.from(hashOfToken(secret))
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
