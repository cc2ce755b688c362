import * as z from 'zod'
import { endSessionsOf } from '../../accounts/browser-sessions.ts'
import { roles as roleNames } from '../../accounts/role.ts'
import { makeSetUpToken, voidSetUpTokens } from '../../accounts/set-up-tokens.ts'
import { findUser, hasAdministrator, insertUser, listUsers, type User, updateUser } from '../../accounts/users.ts'
import { type Db, drizzleOver, inTransaction } from '../../db/drizzle.ts'
import { permissionsOfRoles, spellOut } from '../access/permissions.ts'
import { noting } from '../audit/noting.ts'
import { timeText, uuidParams } from '../http/fields.ts'
import { idCursor, pageFrom, pageOf, pageQuery } from '../http/page.ts'
import { Problem } from '../http/problem.ts'
import { createRoute, json, jsonBody, resource } from '../http/route.ts'
import type { ApiServices, ApiSettings } from '../services.ts'
import { changedUserSchema, invitedSchema, newUserSchema, roleItemSchema, userSchema } from './schemas.ts'

const tags = ['Users']

const routes = {
  list: createRoute({
    method: 'get',
    path: '/',
    tags,
    summary: 'List users',
    request: { query: z.object(pageQuery) },
    responses: { 200: json(pageOf(userSchema), 'The oldest first, disabled ones too.') },
  }),
  roles: createRoute({
    method: 'get',
    path: '/roles',
    tags,
    summary: 'What each role may do',
    responses: { 200: json(z.object({ items: z.array(roleItemSchema) }), 'The permission table.') },
  }),
  invite: createRoute({
    method: 'post',
    path: '/',
    tags,
    summary: 'Invite somebody',
    description: 'Hand them the link of the answer: it works once, for seven days.',
    request: { body: jsonBody(newUserSchema) },
    responses: { 201: json(invitedSchema, 'Invited.') },
  }),
  get: createRoute({
    method: 'get',
    path: '/{id}',
    tags,
    summary: 'One user',
    request: { params: uuidParams },
    responses: { 200: json(userSchema, 'As they are now.') },
  }),
  change: createRoute({
    method: 'put',
    path: '/{id}',
    tags,
    summary: 'Change the name or role of somebody, or switch their account off or on',
    description: 'Another role, and being switched off, end everything they have open.',
    request: { params: uuidParams, body: jsonBody(changedUserSchema) },
    responses: { 200: json(userSchema, 'Changed.') },
  }),
  reset: createRoute({
    method: 'post',
    path: '/{id}/reset',
    tags,
    summary: 'Give somebody a link to choose a new password',
    description: 'The old password and everything they have open end at once.',
    request: { params: uuidParams },
    responses: { 200: json(invitedSchema, 'Hand them the link: it works once, for seven days.') },
  }),
}

/** `/users`: who may sign in, and as what. */
export function users(services: ApiServices, { publicUrl }: Pick<ApiSettings, 'publicUrl'>) {
  const { sql, clock, ids } = services
  const db = drizzleOver(sql)
  const note = noting(services)
  const now = () => new Date(clock.now())

  async function invitationOf(tx: Db, user: User, url: string) {
    const { token, expiresAt } = await makeSetUpToken(tx, user.id, now())
    const link = `${publicUrl ?? new URL(url).origin}/set-up?token=${token}`
    return { user: shown(user), invitation: { link, expiresAt: timeText(expiresAt) } }
  }

  return resource()
    .openapi(routes.list, async (c) => {
      const { limit, cursor } = c.req.valid('query')
      const found = await listUsers(db, { after: idCursor(cursor), limit: limit + 1 })
      const page = pageFrom(found, limit, ({ id }) => id)
      return c.json({ items: page.items.map(shown), nextCursor: page.nextCursor }, 200)
    })
    .openapi(routes.roles, (c) => {
      const items = roleNames.map((role) => ({ role, permissions: spellOut(permissionsOfRoles[role]) }))
      return c.json({ items }, 200)
    })
    .openapi(routes.invite, async (c) => {
      const { email, name, role } = c.req.valid('json')
      const invited = await inTransaction(sql, async (tx) => {
        const user = await insertUser(tx, { email, name, role, passwordHash: null }, { now: now(), ids })
        if (user === undefined) throw new Problem('users/exists', `There is a user with the e-mail address ${email}.`)
        await note(tx, c, { action: 'user.created', subject: `user:${user.id}`, data: { role } })
        return invitationOf(tx, user, c.req.url)
      })
      c.header('location', `/api/v1/users/${invited.user.id}`)
      return c.json(invited, 201)
    })
    .openapi(routes.get, async (c) => c.json(shown(await userOf(db, c.req.valid('param').id)), 200))
    .openapi(routes.change, async (c) => {
      const { id } = c.req.valid('param')
      const { name, role, enabled } = c.req.valid('json')
      const changed = await inTransaction(sql, async (tx) => {
        const user = await userOf(tx, id)
        const losesRole = role !== undefined && role !== user.role
        const losesAccount = enabled === false && user.disabledAt === null
        if (user.role === 'administrator' && (losesRole || losesAccount)) await checkOtherAdministrator(tx, id)
        const values = {
          ...(name !== undefined && { name }),
          ...(role !== undefined && { role }),
          ...(enabled !== undefined && { disabledAt: enabled ? null : (user.disabledAt ?? now()) }),
        }
        await updateUser(tx, id, values, now())
        if (losesRole || losesAccount) await endSessionsOf(tx, id)
        if (losesAccount) await voidSetUpTokens(tx, id)
        const data = {
          ...(name !== undefined && name !== user.name && { name }),
          ...(losesRole && { role, roleBefore: user.role }),
          ...(enabled !== undefined && enabled === (user.disabledAt !== null) && { enabled }),
        }
        await note(tx, c, { action: 'user.changed', subject: `user:${id}`, data })
        return userOf(tx, id)
      })
      return c.json(shown(changed), 200)
    })
    .openapi(routes.reset, async (c) => {
      const { id } = c.req.valid('param')
      const invited = await inTransaction(sql, async (tx) => {
        const user = await userOf(tx, id)
        if (user.disabledAt !== null) {
          throw new Problem('users/disabled', `${user.name} is disabled. Switch the account on first.`)
        }
        if (user.role === 'administrator') await checkOtherAdministrator(tx, id)
        await updateUser(tx, id, { passwordHash: null }, now())
        await endSessionsOf(tx, id)
        await note(tx, c, { action: 'user.reset', subject: `user:${id}` })
        return invitationOf(tx, { ...user, passwordHash: null }, c.req.url)
      })
      return c.json(invited, 200)
    })
}

async function userOf(tx: Db, id: string): Promise<User> {
  const user = await findUser(tx, id)
  if (user === undefined) throw new Problem('users/not-found', `There is no user ${id}.`)
  return user
}

async function checkOtherAdministrator(tx: Db, id: string): Promise<void> {
  if (await hasAdministrator(tx, { other: id })) return
  const detail = 'This is the last administrator who can sign in. Make somebody else an administrator first.'
  throw new Problem('users/last-administrator', detail)
}

function shown({ id, email, name, role, passwordHash, createdAt, lastSignInAt, disabledAt }: User) {
  const signedUp = passwordHash === null ? ('invited' as const) : ('active' as const)
  return {
    id,
    email,
    name,
    role,
    state: disabledAt === null ? signedUp : ('disabled' as const),
    enabled: disabledAt === null,
    createdAt: timeText(createdAt),
    lastSignInAt: lastSignInAt && timeText(lastSignInAt),
  }
}
