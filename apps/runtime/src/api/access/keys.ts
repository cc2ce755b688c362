import { createHash, randomBytes } from 'node:crypto'
import type { Ids } from '@textloom/core'
import { and, desc, eq, isNull, lt } from 'drizzle-orm'
import type { Db } from '../../db/drizzle.ts'
import { apiKey } from '../../db/schema/index.ts'
import type { Scope } from './permissions.ts'

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

/** Makes a key. The secret is in what is returned and nowhere else. */
export async function createKey(
  tx: Db,
  { label, scopes }: { label: string; scopes: readonly Scope[] },
  { now, ids }: { now: Date; ids: Ids },
): Promise<KeyRow & { readonly key: string }> {
  const key = `${PREFIX}${randomBytes(32).toString('base64url')}`
  const row = { id: ids.next(), label, prefix: key.slice(0, SHOWN), scopes, createdAt: now }
  await tx.insert(apiKey).values({ ...row, hash: hashOf(key) })
  return { ...row, key, lastUsedAt: null, revokedAt: null }
}

/** The key that has this secret, unless it was revoked. The look-up is by hash: its time tells nothing of the secret. */
export async function findKey(tx: Db, secret: string): Promise<KeyRow | undefined> {
  if (!secret.startsWith(PREFIX)) return undefined
  const where = and(eq(apiKey.hash, hashOf(secret)), isNull(apiKey.revokedAt))
  return (await tx.select(columns).from(apiKey).where(where)).map(asKey)[0]
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

/** The next request with this key is refused. */
export async function revokeKey(tx: Db, id: string, now: Date): Promise<void> {
  await tx
    .update(apiKey)
    .set({ revokedAt: now })
    .where(and(eq(apiKey.id, id), isNull(apiKey.revokedAt)))
}

/** Notes that a key was used. */
export async function touchKey(tx: Db, id: string, now: Date): Promise<void> {
  await tx.update(apiKey).set({ lastUsedAt: now }).where(eq(apiKey.id, id))
}

/** SHA-256 without salt or stretching: the secret has 256 random bits. */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

const { id, label, prefix, scopes, createdAt, lastUsedAt, revokedAt } = apiKey
const columns = { id, label, prefix, scopes, createdAt, lastUsedAt, revokedAt }

function asKey(row: Omit<typeof apiKey.$inferSelect, 'hash'>): KeyRow {
  return { ...row, scopes: row.scopes as string[] }
}
