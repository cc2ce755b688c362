import { endSession } from '../../accounts/browser-sessions.ts'
import { isPasswordOf } from '../../accounts/password-hash.ts'
import { signInLimits } from '../../accounts/sign-in-limits.ts'
import { canonicalEmail, findUserByEmail, updateUser } from '../../accounts/users.ts'
import { drizzleOver, inTransaction } from '../../db/drizzle.ts'
import { sessionToken, takeSessionToken } from '../access/cookie.ts'
import { knownDevices } from '../access/known-device.ts'
import type { Note } from '../audit/noting.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { meOfUser, signBrowserIn } from './means.ts'
import { meSchema, signInSchema } from './schemas.ts'

const tags = ['Sign-in']

const routes = {
  signIn: createRoute({
    method: 'post',
    path: '/sign-in',
    tags,
    summary: 'Sign in',
    description: 'Sets a cookie that lasts 14 days from its last use. Too many tries are answered 429 for a while.',
    request: { body: jsonBody(signInSchema) },
    responses: { 200: json(meSchema, 'Signed in.') },
  }),
  signOut: createRoute({
    method: 'post',
    path: '/sign-out',
    tags,
    summary: 'Sign out',
    responses: { 204: { description: 'The cookie is worth nothing any more.' } },
  }),
}

/** `/sign-in` and `/sign-out`. */
export function signIn({ sql, clock, box }: ApiServices, note: Note) {
  const db = drizzleOver(sql)
  const limits = signInLimits(sql)
  const devices = knownDevices(box)

  return resource()
    .openapi(routes.signIn, async (c) => {
      const { password, ...body } = c.req.valid('json')
      const email = canonicalEmail(body.email)
      const tried = { email, address: c.get('client').address, device: devices.of(c, email) }
      const waitMs = await limits.take(tried)
      if (waitMs !== undefined) throw tooManyTries(waitMs)

      const user = await findUserByEmail(db, email)
      const actor = user ? { id: `user:${user.id}`, label: user.name } : { id: 'nobody', label: '' }
      const isRight = await isPasswordOf(user?.passwordHash, password)
      if (user === undefined || !isRight) {
        await inTransaction(sql, (tx) => note(tx, c, { action: 'user.sign-in-refused', actor }))
        throw new Problem('auth/wrong-password', 'E-mail address and password do not belong together.')
      }
      if (user.disabledAt !== null) {
        const data = { reason: 'disabled' }
        await inTransaction(sql, (tx) => note(tx, c, { action: 'user.sign-in-refused', actor, data }))
        throw new Problem('auth/disabled', 'Your account is switched off. Ask an administrator to switch it on.')
      }
      await limits.succeeded(tried)
      const now = new Date(clock.now())
      const giveCookie = await inTransaction(sql, async (tx) => {
        await updateUser(tx, user.id, { lastSignInAt: now }, now)
        await note(tx, c, { action: 'user.signed-in', actor })
        return signBrowserIn(tx, c, user.id, now)
      })
      giveCookie()
      devices.remember(c, email)
      return c.json(meOfUser(user), 200)
    })
    .openapi(routes.signOut, async (c) => {
      const token = c.get('principal').session === undefined ? undefined : sessionToken(c)
      if (token !== undefined) {
        await inTransaction(sql, async (tx) => {
          await endSession(tx, token)
          await note(tx, c, { action: 'user.signed-out' })
        })
        takeSessionToken(c)
      }
      return c.body(null, 204)
    })
}

/** Too many tries for this account or from this address. */
export function tooManyTries(waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1000)
  const minutes = Math.ceil(seconds / 60)
  const detail = `Too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again, or ask an administrator for a new link.`
  return new Problem('auth/too-many-tries', detail, { retryAfterSeconds: seconds }, { 'retry-after': String(seconds) })
}
