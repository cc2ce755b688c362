import type { Ids } from '@textloom/core'
import { and, asc, count, eq, gt, isNotNull, isNull, ne } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { appUser } from '../db/schema/index.ts'
import type { Role } from './role.ts'

/** Somebody who may sign in. */
export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  /** Null until they chose a password. */
  readonly passwordHash: string | null
  readonly createdAt: Date
  readonly lastSignInAt: Date | null
  readonly disabledAt: Date | null
}

/** Addresses are compared in lower case: mailboxes that differ in case only are nobody's wish. */
export function canonicalEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

/** Stores a new user; undefined when the address has an account. */
export async function insertUser(
  tx: Db,
  values: { readonly email: string; readonly name: string; readonly role: Role; readonly passwordHash: string | null },
  { now, ids }: { readonly now: Date; readonly ids: Ids },
): Promise<User | undefined> {
  const row = { ...values, email: canonicalEmail(values.email), id: ids.next(), createdAt: now, updatedAt: now }
  return (await tx.insert(appUser).values(row).onConflictDoNothing().returning()).map(asUser)[0]
}

export async function findUser(tx: Db, id: string): Promise<User | undefined> {
  return (await tx.select().from(appUser).where(eq(appUser.id, id))).map(asUser)[0]
}

export async function findUserByEmail(tx: Db, email: string): Promise<User | undefined> {
  return (
    await tx
      .select()
      .from(appUser)
      .where(eq(appUser.email, canonicalEmail(email)))
  ).map(asUser)[0]
}

/** In the order of their making, from the one after `after`; disabled ones too. */
export async function listUsers(
  tx: Db,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<User[]> {
  const where = after === undefined ? undefined : gt(appUser.id, after)
  return (await tx.select().from(appUser).where(where).orderBy(asc(appUser.id)).limit(limit)).map(asUser)
}

/** Changes what is given of a user. */
export async function updateUser(
  tx: Db,
  id: string,
  values: Partial<Pick<User, 'name' | 'role' | 'passwordHash' | 'lastSignInAt' | 'disabledAt'>>,
  now: Date,
): Promise<void> {
  await tx
    .update(appUser)
    .set({ ...values, updatedAt: now })
    .where(eq(appUser.id, id))
}

/** True when an administrator can sign in; `other`: one who is not this user. */
export async function hasAdministrator(tx: Db, { other }: { readonly other?: string } = {}): Promise<boolean> {
  const where = and(
    eq(appUser.role, 'administrator'),
    isNull(appUser.disabledAt),
    isNotNull(appUser.passwordHash),
    other === undefined ? undefined : ne(appUser.id, other),
  )
  const [found] = await tx.select({ n: count() }).from(appUser).where(where)
  return (found?.n ?? 0) > 0
}

function asUser({ updatedAt: _updatedAt, ...row }: typeof appUser.$inferSelect): User {
  return { ...row, role: row.role as Role }
}
