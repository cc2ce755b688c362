import { endSessionsOf } from '../../accounts/browser-sessions.ts'
import { hashPassword, isPasswordOf } from '../../accounts/password-hash.ts'
import { signInLimits } from '../../accounts/sign-in-limits.ts'
import { findUser, updateUser } from '../../accounts/users.ts'
import { drizzleOver, inTransaction } from '../../db/drizzle.ts'
import type { Principal } from '../access/principal.ts'
import type { Note } from '../audit/noting.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { checkPassword, meOf, signBrowserIn } from './means.ts'
import { changeMeSchema, changePasswordSchema, meSchema } from './schemas.ts'
import { tooManyTries } from './sign-in.ts'

const tags = ['Sign-in']

const routes = {
  get: createRoute({
    method: 'get',
    path: '/me',
    tags,
    summary: 'Who asks, and what they may do',
    responses: { 200: json(meSchema, 'You, or the key.') },
  }),
  change: createRoute({
    method: 'put',
    path: '/me',
    tags,
    summary: 'Change your name',
    request: { body: jsonBody(changeMeSchema) },
    responses: { 200: json(meSchema, 'Changed.') },
  }),
  password: createRoute({
    method: 'post',
    path: '/me/password',
    tags,
    summary: 'Change your password',
    description: 'Every other browser is signed out.',
    request: { body: jsonBody(changePasswordSchema) },
    responses: { 204: { description: 'Changed.' } },
  }),
}

/** `/me`: oneself. */
export function me({ sql, clock }: ApiServices, note: Note) {
  const db = drizzleOver(sql)
  const limits = signInLimits(sql)
  const now = () => new Date(clock.now())

  return resource()
    .openapi(routes.get, (c) => c.json(meOf(c.get('principal')), 200))
    .openapi(routes.change, async (c) => {
      const { name } = c.req.valid('json')
      const principal = c.get('principal')
      const user = personIn(principal)
      await inTransaction(sql, async (tx) => {
        await updateUser(tx, user.id, { name }, now())
        await note(tx, c, { action: 'user.changed', subject: principal.id, data: { name } })
      })
      return c.json(meOf({ ...principal, label: name, user: { ...user, name } }), 200)
    })
    .openapi(routes.password, async (c) => {
      const { current, password } = c.req.valid('json')
      const principal = c.get('principal')
      const { id, email, name } = personIn(principal)
      const tried = { email, address: c.get('client').address }
      const waitMs = await limits.take(tried)
      if (waitMs !== undefined) throw tooManyTries(waitMs)
      const stored = await findUser(db, id)
      if (!(await isPasswordOf(stored?.passwordHash, current))) {
        await inTransaction(sql, (tx) => note(tx, c, { action: 'user.password-refused', subject: principal.id }))
        const message = 'The present password is another one.'
        throw new Problem('auth/wrong-password', message, { issues: [{ in: 'body', path: 'current', message }] })
      }
      await limits.succeeded(tried)
      checkPassword(password, { email, name })
      const passwordHash = await hashPassword(password)
      const giveCookie = await inTransaction(sql, async (tx) => {
        await updateUser(tx, id, { passwordHash }, now())
        await endSessionsOf(tx, id)
        await note(tx, c, { action: 'user.password-changed', subject: principal.id })
        return signBrowserIn(tx, c, id, now())
      })
      giveCookie()
      return c.body(null, 204)
    })
}

function personIn({ user }: Principal): NonNullable<Principal['user']> {
  if (user !== undefined) return user
  throw new Problem('auth/not-a-person', 'A key has no name and no password: sign in to change yours.')
}
