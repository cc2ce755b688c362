import { and, asc, count, eq, gt } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { queue, ticket } from '../db/schema/index.ts'
import { queueConfigSchema } from '../host/queue-config.ts'
import type { Provenance } from './provenance.ts'
import type { QueueValues } from './queue-schema.ts'

/** A queue as its row has it. */
export interface QueueRow extends QueueValues {
  readonly source: Provenance
}

export async function findQueue(tx: Db, id: string): Promise<QueueRow | undefined> {
  return (await tx.select().from(queue).where(eq(queue.id, id))).map(asQueue)[0]
}

/** Queues in the order of their ids, from the one after `after`. */
export async function listQueues(
  tx: Db,
  { after, limit }: { after?: string | undefined; limit?: number } = {},
): Promise<QueueRow[]> {
  const where = after === undefined ? undefined : gt(queue.id, after)
  const found = tx.select().from(queue).where(where).orderBy(asc(queue.id)).$dynamic()
  return (await (limit === undefined ? found : found.limit(limit))).map(asQueue)
}

/** How many tickets are open in each queue, whether it is configured or not. */
export async function openTickets(tx: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .select({ queue: ticket.queue, open: count() })
    .from(ticket)
    .where(eq(ticket.state, 'open'))
    .groupBy(ticket.queue)
  return new Map(rows.map(({ queue: id, open }) => [id, open]))
}

/** Stores a new queue; false when its id is taken. */
export async function insertQueue(tx: Db, values: QueueValues, source: Provenance, now: Date): Promise<boolean> {
  const inserted = await tx
    .insert(queue)
    .values({ ...values, source, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: queue.id })
  return inserted.length > 0
}

/** Replaces what is said about a queue. */
export async function replaceQueue(
  tx: Db,
  { id, ...values }: QueueValues & { readonly source?: Provenance },
  now: Date,
): Promise<void> {
  await tx
    .update(queue)
    .set({ ...values, updatedAt: now })
    .where(eq(queue.id, id))
}

/** Deletes a queue; those below it stand by themselves then. */
export async function deleteQueue(tx: Db, id: string): Promise<void> {
  await tx.update(queue).set({ parentId: null }).where(eq(queue.parentId, id))
  await tx.delete(queue).where(eq(queue.id, id))
}

/** True when tickets of this queue are open. */
export async function hasOpenTickets(tx: Db, id: string): Promise<boolean> {
  const found = await tx
    .select({ id: ticket.id })
    .from(ticket)
    .where(and(eq(ticket.queue, id), eq(ticket.state, 'open')))
    .limit(1)
  return found.length > 0
}

function asQueue({ id, name, parentId, config, source }: typeof queue.$inferSelect): QueueRow {
  return { id, name, parentId, config: queueConfigSchema.parse(config), source: source as Provenance }
}
