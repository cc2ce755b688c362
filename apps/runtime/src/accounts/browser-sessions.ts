import { and, eq, gt, inArray } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { appUser, browserSession } from '../db/schema/index.ts'
import type { Role } from './role.ts'
import { hashOfToken, newToken } from './token.ts'

const DAY_MS = 86_400_000
/** From the last use on. */
export const IDLE_MS = 14 * DAY_MS
/** From the sign-in on, however much it is used. */
const LONGEST_MS = 90 * DAY_MS

/** A browser that is signed in, and whose it is. */
export interface BrowserSession {
  readonly hash: string
  readonly lastSeenAt: Date
  readonly createdAt: Date
  readonly user: { readonly id: string; readonly email: string; readonly name: string; readonly role: Role }
}

/** Begins a session. The token is in what is returned and nowhere else. */
export async function beginSession(tx: Db, userId: string, now: Date): Promise<string> {
  const token = newToken()
  const times = { createdAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + IDLE_MS) }
  await tx.insert(browserSession).values({ tokenHash: hashOfToken(token), userId, ...times })
  return token
}

/** The session of a token, unless it has expired or its user is disabled. */
export async function findSession(tx: Db, token: string, now: Date): Promise<BrowserSession | undefined> {
  const { id, email, name, role, disabledAt } = appUser
  const [row] = await tx
    .select({ session: browserSession, user: { id, email, name, role, disabledAt } })
    .from(browserSession)
    .innerJoin(appUser, eq(appUser.id, browserSession.userId))
    .where(and(eq(browserSession.tokenHash, hashOfToken(token)), gt(browserSession.expiresAt, now)))
  if (row === undefined || row.user.disabledAt !== null) return undefined
  const { session, user } = row
  const { lastSeenAt, createdAt } = session
  return {
    hash: session.tokenHash,
    lastSeenAt,
    createdAt,
    user: { id: user.id, email: user.email, name: user.name, role: user.role as Role },
  }
}

/** Notes that a session was used, which prolongs it. */
export async function touchSession(tx: Db, { hash, createdAt }: BrowserSession, now: Date): Promise<void> {
  const expiresAt = new Date(Math.min(now.getTime() + IDLE_MS, createdAt.getTime() + LONGEST_MS))
  await tx.update(browserSession).set({ lastSeenAt: now, expiresAt }).where(eq(browserSession.tokenHash, hash))
}

/** Ends a session: the next request with its token is refused. */
export async function endSession(tx: Db, token: string): Promise<void> {
  await tx.delete(browserSession).where(eq(browserSession.tokenHash, hashOfToken(token)))
}

/** Ends all sessions of a user. */
export async function endSessionsOf(tx: Db, userId: string): Promise<void> {
  await tx.delete(browserSession).where(eq(browserSession.userId, userId))
}

/** Which of these sessions, by hash, still count. */
export async function liveSessions(tx: Db, hashes: readonly string[], now: Date): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const rows = await tx
    .select({ hash: browserSession.tokenHash })
    .from(browserSession)
    .where(and(inArray(browserSession.tokenHash, [...hashes]), gt(browserSession.expiresAt, now)))
  return new Set(rows.map(({ hash }) => hash))
}
