import { type FlowDocument, formatFlow, type NodeRegistry } from '@textloom/core'
import { and, asc, eq, getTableColumns, gt, isNull } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { flow, flowChannel, flowRevision } from '../db/schema/index.ts'
import { etagOf } from './etag.ts'
import type { Provenance } from './provenance.ts'

/** A flow as its authors edit it. */
export type Draft = typeof flow.$inferSelect

/** What of a draft lists show. */
export type DraftSummary = Omit<Draft, 'document'>

/** A document in its canonical form, ready to be stored. */
export interface CanonicalFlow {
  readonly id: string
  readonly name: string
  readonly document: string
  readonly etag: string
}

/** Writes a document that has passed `parseFlow` the way it is stored. */
export function canonical(document: FlowDocument, registry: NodeRegistry): CanonicalFlow {
  const text = formatFlow(document, registry)
  return { id: document.id, name: document.name, document: text, etag: etagOf(text) }
}

/** An archived flow is found too. */
export async function findDraft(tx: Db, id: string): Promise<Draft | undefined> {
  return (await tx.select().from(flow).where(eq(flow.id, id)))[0]
}

/** Flows in the order of their ids, from the one after `after`; archived ones only when asked for. */
export async function listDrafts(
  tx: Db,
  { after, limit, archived }: { after?: string | undefined; limit: number; archived: boolean },
): Promise<DraftSummary[]> {
  const { document: _document, ...columns } = getTableColumns(flow)
  return tx
    .select(columns)
    .from(flow)
    .where(and(after === undefined ? undefined : gt(flow.id, after), archived ? undefined : isNull(flow.archivedAt)))
    .orderBy(asc(flow.id))
    .limit(limit)
}

/** Stores a new flow; false when its id is taken, be it by an archived one. */
export async function insertDraft(tx: Db, made: CanonicalFlow, source: Provenance, now: Date): Promise<boolean> {
  const inserted = await tx
    .insert(flow)
    .values({ ...made, source, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: flow.id })
  return inserted.length > 0
}

/** Replaces a draft that still is the one with the tag `from`; false when it is not. Brings it back from the archive. */
export async function replaceDraft(tx: Db, made: CanonicalFlow, from: string, now: Date): Promise<boolean> {
  const { id, ...values } = made
  const replaced = await tx
    .update(flow)
    .set({ ...values, updatedAt: now, archivedAt: null })
    .where(and(eq(flow.id, id), eq(flow.etag, from)))
    .returning({ id: flow.id })
  return replaced.length > 0
}

/** Says who declares a flow from now on. */
export async function setProvenance(tx: Db, id: string, source: Provenance): Promise<void> {
  await tx.update(flow).set({ source }).where(eq(flow.id, id))
}

/**
 * Takes a flow off all channels and out of the lists. What was published is kept for the sessions that run on it; a
 * flow that never was is deleted.
 */
export async function archiveDraft(tx: Db, id: string, now: Date): Promise<void> {
  await tx.delete(flowChannel).where(eq(flowChannel.flowId, id))
  const published = await tx
    .select({ id: flowRevision.id })
    .from(flowRevision)
    .where(eq(flowRevision.flowId, id))
    .limit(1)
  if (published.length === 0) await tx.delete(flow).where(eq(flow.id, id))
  else await tx.update(flow).set({ archivedAt: now }).where(eq(flow.id, id))
}
