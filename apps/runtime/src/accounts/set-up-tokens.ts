import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { setUpToken } from '../db/schema/index.ts'
import { hashOfToken, newToken } from './token.ts'

const VALID_MS = 7 * 86_400_000

/** What a link stands for: the first administrator (`userId` null), or somebody's choice of a password. */
export interface SetUpToken {
  readonly userId: string | null
  readonly expiresAt: Date
}

/** Makes a token for a link that works once; earlier ones of the same user no longer do. */
export async function makeSetUpToken(
  tx: Db,
  userId: string | null,
  now: Date,
): Promise<SetUpToken & { readonly token: string }> {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + VALID_MS)
  // Several processes may start at once and each print a link for the first administrator: all of those stay good.
  if (userId !== null) await voidSetUpTokens(tx, userId)
  await tx.insert(setUpToken).values({ tokenHash: hashOfToken(token), userId, createdAt: now, expiresAt })
  return { token, userId, expiresAt }
}

/** What a token stands for; undefined when it was used, has expired or never was. */
export async function findSetUpToken(tx: Db, token: string, now: Date): Promise<SetUpToken | undefined> {
  const where = and(eq(setUpToken.tokenHash, hashOfToken(token)), gt(setUpToken.expiresAt, now))
  const { userId, expiresAt } = setUpToken
  return (await tx.select({ userId, expiresAt }).from(setUpToken).where(where))[0]
}

/** Uses a token up; false when somebody else was faster. */
export async function useSetUpToken(tx: Db, token: string, now: Date): Promise<boolean> {
  const where = and(eq(setUpToken.tokenHash, hashOfToken(token)), gt(setUpToken.expiresAt, now))
  return (await tx.delete(setUpToken).where(where).returning()).length > 0
}

/** Makes the links of a user, or those for the first administrator, void. */
export async function voidSetUpTokens(tx: Db, userId: string | null): Promise<void> {
  await tx.delete(setUpToken).where(userId === null ? isNull(setUpToken.userId) : eq(setUpToken.userId, userId))
}
