import { type FlowDocument, formatFlow, type NodeRegistry } from '@textloom/core'
import { and, asc, eq, getTableColumns, gt, ilike, isNull, or } from 'drizzle-orm'
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

/** When something is edited, and by whom: the name of a user, the label of a key, or null for files and first starts. */
export interface Edit {
  readonly now: Date
  readonly by: string | null
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

/**
 * Flows in the order of their ids, from the one after `after`; archived ones only when asked for. `search` stands in the
 * name or id, in whatever case.
 */
export async function listDrafts(
  tx: Db,
  {
    after,
    limit,
    archived,
    search,
  }: { after?: string | undefined; limit: number; archived: boolean; search?: string | undefined },
): Promise<DraftSummary[]> {
  const { document: _document, ...columns } = getTableColumns(flow)
  return tx
    .select(columns)
    .from(flow)
    .where(
      and(
        after === undefined ? undefined : gt(flow.id, after),
        archived ? undefined : isNull(flow.archivedAt),
        search === undefined ? undefined : or(ilike(flow.name, containing(search)), ilike(flow.id, containing(search))),
      ),
    )
    .orderBy(asc(flow.id))
    .limit(limit)
}

/** Stores a new flow; false when its id is taken, be it by an archived one. */
export async function insertDraft(
  tx: Db,
  made: CanonicalFlow,
  source: Provenance,
  { now, by }: Edit,
): Promise<boolean> {
  const inserted = await tx
    .insert(flow)
    .values({ ...made, source, createdAt: now, updatedAt: now, updatedBy: by })
    .onConflictDoNothing()
    .returning({ id: flow.id })
  return inserted.length > 0
}

/** Replaces a draft that still is the one with the tag `from`; false when it is not. Brings it back from the archive. */
export async function replaceDraft(tx: Db, made: CanonicalFlow, from: string, { now, by }: Edit): Promise<boolean> {
  const { id, ...values } = made
  const replaced = await tx
    .update(flow)
    .set({ ...values, updatedAt: now, updatedBy: by, archivedAt: null })
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
 * flow that never was is deleted, unless it is to be kept.
 */
export async function archiveDraft(
  tx: Db,
  id: string,
  now: Date,
  { keepsUnpublished = false }: { readonly keepsUnpublished?: boolean } = {},
): Promise<void> {
  await tx.delete(flowChannel).where(eq(flowChannel.flowId, id))
  const published = await tx
    .select({ id: flowRevision.id })
    .from(flowRevision)
    .where(eq(flowRevision.flowId, id))
    .limit(1)
  if (published.length === 0 && !keepsUnpublished) await tx.delete(flow).where(eq(flow.id, id))
  else await tx.update(flow).set({ archivedAt: now }).where(eq(flow.id, id))
}

/** Brings a flow back from the archive. */
export async function unarchiveDraft(tx: Db, id: string): Promise<void> {
  await tx.update(flow).set({ archivedAt: null }).where(eq(flow.id, id))
}

/** A LIKE pattern for a text anywhere, taken as it is. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
