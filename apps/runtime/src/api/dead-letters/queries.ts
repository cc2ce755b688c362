import { and, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Db } from '../../db/drizzle.ts'
import { deadLetter } from '../../db/schema/index.ts'

/** What could not be handled. */
export type DeadLetterRow = Omit<typeof deadLetter.$inferSelect, 'bucket'>

export interface DeadLetterFilter {
  readonly channel?: string | undefined
  readonly phone?: string | undefined
  readonly reason?: string | undefined
  readonly isResolved?: boolean | undefined
  readonly before?: string | undefined
  readonly limit: number
}

/** The newest first. */
export async function listDeadLetters(tx: Db, filter: DeadLetterFilter): Promise<DeadLetterRow[]> {
  const { channel, phone, reason, isResolved, before, limit } = filter
  return tx
    .select(columns)
    .from(deadLetter)
    .where(
      and(
        channel === undefined ? undefined : eq(deadLetter.channel, channel),
        phone === undefined ? undefined : eq(deadLetter.phone, phone),
        reason === undefined ? undefined : eq(deadLetter.reason, reason),
        isResolved === undefined ? undefined : resolved(isResolved),
        before === undefined ? undefined : lt(deadLetter.id, before),
      ),
    )
    .orderBy(desc(deadLetter.id))
    .limit(limit)
}

export async function findDeadLetter(tx: Db, id: string): Promise<DeadLetterRow | undefined> {
  return (await tx.select(columns).from(deadLetter).where(eq(deadLetter.id, id)))[0]
}

/** Puts a dead letter aside for good; false when it is resolved already. */
export async function dismissDeadLetter(tx: Db, id: string, now: Date): Promise<boolean> {
  const dismissed = await tx
    .update(deadLetter)
    .set({ resolvedAt: now, resolution: 'dismissed' })
    .where(and(eq(deadLetter.id, id), isNull(deadLetter.resolvedAt)))
    .returning({ id: deadLetter.id })
  return dismissed.length > 0
}

const { id, channel, phone, messageId, reason, detail, event, at, resolvedAt, resolution } = deadLetter
const columns = { id, channel, phone, messageId, reason, detail, event, at, resolvedAt, resolution }

function resolved(isResolved: boolean) {
  return isResolved ? isNotNull(deadLetter.resolvedAt) : isNull(deadLetter.resolvedAt)
}
