import { endSessionsOf } from '../../accounts/browser-sessions.ts'
import { hashPassword } from '../../accounts/password-hash.ts'
import { findSetUpToken, type SetUpToken, useSetUpToken, voidSetUpTokens } from '../../accounts/set-up-tokens.ts'
import { findUser, hasAdministrator, insertUser, type User, updateUser } from '../../accounts/users.ts'
import { type Db, drizzleOver, inTransaction } from '../../db/drizzle.ts'
import type { Note } from '../audit/noting.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices } from '../services.ts'
import { checkPassword, meOfUser, signBrowserIn } from './means.ts'
import { meSchema, setUpQuery, setUpSchema, setUpStateSchema } from './schemas.ts'

const tags = ['Sign-in']

const routes = {
  state: createRoute({
    method: 'get',
    path: '/set-up',
    tags,
    summary: 'Is there an administrator, and does this link work?',
    request: { query: setUpQuery },
    responses: { 200: json(setUpStateSchema, 'What the page shows.') },
  }),
  setUp: createRoute({
    method: 'post',
    path: '/set-up',
    tags,
    summary: 'Use a set-up link',
    description:
      'Makes the first administrator, or sets the password of somebody who was invited or whose password was reset. The link works once, and who used it is signed in.',
    request: { body: jsonBody(setUpSchema) },
    responses: { 200: json(meSchema, 'Done, and signed in.') },
  }),
}

/** `/set-up`: what links with a one-time token are for. */
export function setUp({ sql, clock, ids }: ApiServices, note: Note) {
  const db = drizzleOver(sql)
  const now = () => new Date(clock.now())

  async function linkOf(tx: Db, token: string): Promise<{ link: SetUpToken; user: User | undefined }> {
    const link = await findSetUpToken(tx, token, now())
    const user = link?.userId == null ? undefined : await findUser(tx, link.userId)
    const isVoid = link?.userId === null ? await hasAdministrator(tx) : user === undefined || user.disabledAt !== null
    if (link === undefined || isVoid) throw invalid()
    return { link, user }
  }

  return resource()
    .openapi(routes.state, async (c) => {
      const { token } = c.req.valid('query')
      const needed = !(await hasAdministrator(db))
      try {
        if (token === undefined) throw invalid()
        const { user } = await linkOf(db, token)
        const person = user === undefined ? null : { email: user.email, name: user.name }
        return c.json(
          { needed, link: person === null ? ('administrator' as const) : ('password' as const), user: person },
          200,
        )
      } catch (error) {
        if (error instanceof Problem) return c.json({ needed, link: null, user: null }, 200)
        throw error
      }
    })
    .openapi(routes.setUp, async (c) => {
      const { token, password, ...given } = c.req.valid('json')
      // Before any hashing, which would cost whoever guesses nothing and us much.
      const { user: invited } = await linkOf(db, token)
      const { email, name } = invited ?? firstAdministrator(given)
      checkPassword(password, { email, name })
      const passwordHash = await hashPassword(password)
      const { user, giveCookie } = await inTransaction(sql, async (tx) => {
        if (!(await useSetUpToken(tx, token, now()))) throw invalid()
        const user = await (invited === undefined
          ? makeAdministrator(tx, { email, name, passwordHash })
          : choosePassword(tx, invited, passwordHash))
        const actor = { id: `user:${user.id}`, label: user.name }
        const action = invited === undefined ? 'user.created' : 'user.password-set'
        await note(tx, c, { action, actor, subject: actor.id, data: { role: user.role } })
        return { user, giveCookie: await signBrowserIn(tx, c, user.id, now()) }
      })
      giveCookie()
      return c.json(meOfUser(user), 200)
    })

  async function makeAdministrator(
    tx: Db,
    values: { email: string; name: string; passwordHash: string },
  ): Promise<User> {
    await voidSetUpTokens(tx, null)
    const made = await insertUser(tx, { ...values, role: 'administrator' }, { now: now(), ids })
    if (made !== undefined) return made
    throw new Problem('users/exists', 'Somebody has this e-mail address already. Take another one.')
  }

  async function choosePassword(tx: Db, user: User, passwordHash: string): Promise<User> {
    await updateUser(tx, user.id, { passwordHash, lastSignInAt: now() }, now())
    await endSessionsOf(tx, user.id)
    return user
  }
}

function firstAdministrator({ email, name }: { email?: string | undefined; name?: string | undefined }) {
  if (email !== undefined && name !== undefined) return { email, name }
  const path = email === undefined ? 'email' : 'name'
  const message = `${path === 'email' ? 'An e-mail address' : 'A name'} is needed for the first administrator.`
  throw new Problem('request/invalid', message, { issues: [{ in: 'body', path, message }] })
}

function invalid(): Problem {
  const detail =
    'This link was used already, has expired, or was replaced by a newer one. Ask an administrator for another one; while there is none, starting Textloom again prints one.'
  return new Problem('set-up/invalid-link', detail)
}
