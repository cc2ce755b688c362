import { and, eq, gt } from 'drizzle-orm'
import type { Db } from '../drizzle.ts'
import { webhook } from '../schema/index.ts'

/** A webhook as it is stored: its secrets encrypted. */
export type WebhookRow = typeof webhook.$inferSelect

/** What people say of a webhook. */
export type WebhookValues = Pick<WebhookRow, 'url' | 'label' | 'isEnabled'> & { readonly events: readonly string[] }

export async function findWebhook(db: Db, id: string): Promise<WebhookRow | undefined> {
  const [row] = await db.select().from(webhook).where(eq(webhook.id, id))
  return row
}

/** The oldest first. */
export function listWebhooks(db: Db, page: { readonly after: string | undefined; readonly limit: number }) {
  const { after, limit } = page
  return db
    .select()
    .from(webhook)
    .where(and(after === undefined ? undefined : gt(webhook.id, after)))
    .orderBy(webhook.id)
    .limit(limit)
}

export async function insertWebhook(
  db: Db,
  values: WebhookValues & Pick<WebhookRow, 'id' | 'secret'>,
  now: Date,
): Promise<void> {
  await db.insert(webhook).values({ ...values, createdAt: now, updatedAt: now })
}

/** What people say counts: one that was disabled by itself is as they want it from now on. */
export async function changeWebhook(db: Db, id: string, values: WebhookValues, now: Date): Promise<void> {
  await db
    .update(webhook)
    .set({ ...values, disabledBy: null, updatedAt: now })
    .where(eq(webhook.id, id))
}

export async function changeSecret(
  db: Db,
  id: string,
  secrets: Pick<WebhookRow, 'secret' | 'previousSecret' | 'previousUntil'>,
  now: Date,
): Promise<void> {
  await db
    .update(webhook)
    .set({ ...secrets, updatedAt: now })
    .where(eq(webhook.id, id))
}

/** Its address says that nobody is there any more. */
export async function disableGone(db: Db, id: string, now: Date): Promise<void> {
  await db.update(webhook).set({ isEnabled: false, disabledBy: 'gone', updatedAt: now }).where(eq(webhook.id, id))
}

export async function deleteWebhook(db: Db, id: string): Promise<void> {
  await db.delete(webhook).where(eq(webhook.id, id))
}
