import type { Ids } from '@textloom/core'
import { inTransaction } from '../db/drizzle.ts'
import type { Sql } from '../db/sql.ts'
import type { AuditTrail } from './audit-trail.ts'
import { hashPassword } from './password-hash.ts'
import { makeSetUpToken, voidSetUpTokens } from './set-up-tokens.ts'
import { findUserByEmail, hasAdministrator, insertUser, updateUser } from './users.ts'

interface Means {
  readonly now: Date
  readonly ids: Ids
  readonly audit: AuditTrail
}

/**
 * Sees to it that somebody can administer the instance. With settings their user is made, or kept an administrator
 * who is not disabled; a password that was changed in the app stays. Without, and while there is no administrator,
 * returns a fresh token for the set-up link.
 */
export async function prepareAdministrator(
  sql: Sql,
  admin: { readonly email: string; readonly password: string } | undefined,
  means: Means,
): Promise<string | undefined> {
  if (admin !== undefined) {
    await keepAdministrator(sql, admin, means)
    return undefined
  }
  return inTransaction(sql, async (tx) => {
    if (await hasAdministrator(tx)) return undefined
    return (await makeSetUpToken(tx, null, means.now)).token
  })
}

async function keepAdministrator(
  sql: Sql,
  { email, password }: { readonly email: string; readonly password: string },
  { now, ids, audit }: Means,
): Promise<void> {
  const passwordHash = await hashPassword(password)
  await inTransaction(sql, async (tx) => {
    await voidSetUpTokens(tx, null)
    const stored = await findUserByEmail(tx, email)
    if (stored === undefined) {
      const [name = email] = email.split('@')
      const made = await insertUser(tx, { email, name, role: 'administrator', passwordHash }, { now, ids })
      if (made !== undefined) await audit.note(tx, { ...settings, action: 'user.created', subject: `user:${made.id}` })
      return
    }
    if (stored.role === 'administrator' && stored.disabledAt === null && stored.passwordHash !== null) return
    const kept = { role: 'administrator', disabledAt: null, passwordHash: stored.passwordHash ?? passwordHash } as const
    await updateUser(tx, stored.id, kept, now)
    await audit.note(tx, { ...settings, action: 'user.changed', subject: `user:${stored.id}` })
  })
}

const settings = { actor: { id: 'env', label: 'TEXTLOOM_ADMIN_EMAIL' }, address: null, data: { role: 'administrator' } }
