import type { Ids } from '@textloom/core'
import { and, desc, eq, inArray, isNull, lt } from 'drizzle-orm'
import { isRole } from '../../accounts/role.ts'
import { hashOfToken, newToken } from '../../accounts/token.ts'
import type { Db } from '../../db/drizzle.ts'
import { apiKey, appUser } from '../../db/schema/index.ts'
import { allows, permissionsOfRoles, type Scope, spellOut } from './permissions.ts'

/** A key without its secret. */
export interface KeyRow {
  readonly id: string
  readonly label: string
  /** The first characters, so that people can tell keys apart. */
  readonly prefix: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

const PREFIX = 'tlk_'
const SHOWN = 12

/**
 * Makes a key. The secret is in what is returned and nowhere else. `createdBy` is the id of the person who makes it:
 * the key can never do more than they can.
 */
export async function createKey(
  tx: Db,
  { label, scopes, createdBy }: { label: string; scopes: readonly Scope[]; createdBy?: string | undefined },
  { now, ids }: { now: Date; ids: Ids },
): Promise<KeyRow & { readonly key: string }> {
  const key = `${PREFIX}${newToken()}`
  const row = { id: ids.next(), label, prefix: key.slice(0, SHOWN), scopes, createdAt: now }
  await tx.insert(apiKey).values({ ...row, createdBy: createdBy ?? null, hash: hashOfToken(key) })
  return { ...row, key, lastUsedAt: null, revokedAt: null }
}

/**
 * The key that has this secret, with what it may do now, unless it was revoked or its maker is disabled. The look-up is
 * by hash: its time tells nothing of the secret.
 */
export async function findKey(tx: Db, secret: string): Promise<KeyRow | undefined> {
  if (!secret.startsWith(PREFIX)) return undefined
  const [found] = await tx
    .select({ ...columns, makerRole: appUser.role })
    .from(apiKey)
    .leftJoin(appUser, eq(appUser.id, apiKey.createdBy))
    .where(and(eq(apiKey.hash, hashOfToken(secret)), counts))
  if (found === undefined) return undefined
  const { makerRole, ...row } = found
  const key = asKey(row)
  return { ...key, scopes: within(key.scopes, makerRole) }
}

/** Which of these keys, by id, still count. */
export async function liveKeys(tx: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await tx
    .select({ id: apiKey.id })
    .from(apiKey)
    .leftJoin(appUser, eq(appUser.id, apiKey.createdBy))
    .where(and(inArray(apiKey.id, [...ids]), counts))
  return new Set(found.map((row) => row.id))
}

/** The newest first, from the one before `before`; revoked ones too. */
export async function listKeys(
  tx: Db,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<KeyRow[]> {
  const where = before === undefined ? undefined : lt(apiKey.id, before)
  return (await tx.select(columns).from(apiKey).where(where).orderBy(desc(apiKey.id)).limit(limit)).map(asKey)
}

/** Undefined when there is none. */
export async function findKeyById(tx: Db, id: string): Promise<KeyRow | undefined> {
  return (await tx.select(columns).from(apiKey).where(eq(apiKey.id, id))).map(asKey)[0]
}

/** The next request with this key is refused. False when it was revoked before. */
export async function revokeKey(tx: Db, id: string, now: Date): Promise<boolean> {
  const revoked = await tx
    .update(apiKey)
    .set({ revokedAt: now })
    .where(and(eq(apiKey.id, id), isNull(apiKey.revokedAt)))
    .returning({ id: apiKey.id })
  return revoked.length > 0
}

/** Notes that a key was used. */
export async function touchKey(tx: Db, id: string, now: Date): Promise<void> {
  await tx.update(apiKey).set({ lastUsedAt: now }).where(eq(apiKey.id, id))
}

/** What of its scopes a key has while its maker is in a role; all of them where nobody in particular made it. */
function within(held: readonly string[], makerRole: string | null): readonly string[] {
  if (makerRole === null || !isRole(makerRole)) return held
  const theirs = permissionsOfRoles[makerRole]
  return theirs.includes('*') ? held : spellOut(held).filter((scope) => allows(theirs, scope))
}

const counts = and(isNull(apiKey.revokedAt), isNull(appUser.disabledAt))

const { id, label, prefix, scopes, createdAt, lastUsedAt, revokedAt } = apiKey
const columns = { id, label, prefix, scopes, createdAt, lastUsedAt, revokedAt }

function asKey(row: Pick<typeof apiKey.$inferSelect, keyof typeof columns>): KeyRow {
  return { ...row, scopes: row.scopes as string[] }
}
