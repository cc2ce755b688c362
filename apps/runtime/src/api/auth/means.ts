import type { Context } from 'hono'
import { beginSession, endSession } from '../../accounts/browser-sessions.ts'
import { passwordProblem } from '../../accounts/password-rules.ts'
import type { User } from '../../accounts/users.ts'
import type { Db } from '../../db/drizzle.ts'
import { giveSessionToken, sessionToken } from '../access/cookie.ts'
import { permissionsOfRoles, spellOut } from '../access/permissions.ts'
import type { Principal } from '../access/principal.ts'
import type { ApiEnv } from '../http/env.ts'
import { Problem } from '../http/problem.ts'

/**
 * Begins a session for this browser and ends the one it had, so that no token from before the sign-in is worth
 * anything after it. Returns what gives the browser its cookie, for when the transaction is through.
 */
export async function signBrowserIn(tx: Db, c: Context<ApiEnv>, userId: string, now: Date): Promise<() => void> {
  const before = sessionToken(c)
  if (before !== undefined) await endSession(tx, before)
  const token = await beginSession(tx, userId, now)
  return () => giveSessionToken(c, token)
}

/** @throws Problem when the password is not good enough */
export function checkPassword(password: string, about: { readonly email: string; readonly name?: string }): void {
  const message = passwordProblem(password, about)
  if (message === undefined) return
  throw new Problem('users/weak-password', message, { issues: [{ in: 'body', path: 'password', message }] })
}

/** Who asks, as `GET /me` shows them. */
export function meOf({ id, label, scopes, user }: Principal) {
  return { id, label, user: user ?? null, role: user?.role ?? null, permissions: spellOut(scopes) }
}

/** Somebody who just signed in. */
export function meOfUser({ id, email, name, role }: User) {
  return meOf({ id: `user:${id}`, label: name, scopes: permissionsOfRoles[role], user: { id, email, name, role } })
}
