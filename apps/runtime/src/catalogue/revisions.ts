import type { Ids } from '@textloom/core'
import { and, desc, eq, inArray, lt, notInArray, sql } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { flow, flowChannel, flowRevision } from '../db/schema/index.ts'

/** A published state of a flow; its document is in `findRevision`. */
export interface RevisionSummary {
  readonly id: string
  /** 1, 2, 3, … within its flow. */
  readonly number: number
  readonly note: string | null
  readonly publishedAt: Date
  readonly publishedBy: string | null
}

/** What is to be published, and where it is to listen. */
export interface Publication {
  readonly flowId: string
  /** Canonical, sound, and the flow's own. */
  readonly document: string
  /** All channels that the flow listens on from now on; it leaves every other one. */
  readonly channels: readonly string[]
  readonly note?: string | undefined
  /** Label of the key or name of the user, or `config`. */
  readonly by: string
}

/**
 * Publishes a document: a new revision, unless it is the one published last, bound to its channels. Channels that stay
 * keep their place in the order of equally good starts.
 */
export async function publish(
  tx: Db,
  publication: Publication,
  { now, ids }: { now: Date; ids: Ids },
): Promise<RevisionSummary> {
  const { flowId, document, note, by } = publication
  // One publication of a flow at a time: numbers have no gaps and no twins.
  await tx.select({ id: flow.id }).from(flow).where(eq(flow.id, flowId)).for('update')
  const last = await findLatestRevision(tx, flowId)
  const isNew = last?.document !== document
  const revision: RevisionSummary =
    last !== undefined && !isNew
      ? last
      : { id: ids.next(), number: (last?.number ?? 0) + 1, note: note ?? null, publishedAt: now, publishedBy: by }
  if (isNew) await tx.insert(flowRevision).values({ ...revision, flowId, document })
  await bind(tx, flowId, revision.id, publication.channels, now)
  return revision
}

async function bind(tx: Db, flowId: string, revisionId: string, channels: readonly string[], now: Date): Promise<void> {
  const elsewhere = channels.length === 0 ? undefined : notInArray(flowChannel.channel, [...channels])
  await tx.delete(flowChannel).where(and(eq(flowChannel.flowId, flowId), elsewhere))
  if (channels.length === 0) return
  await tx
    .insert(flowChannel)
    .values([...new Set(channels)].map((channel) => ({ channel, flowId, revisionId, boundAt: now })))
    .onConflictDoUpdate({
      target: [flowChannel.channel, flowChannel.flowId],
      set: { revisionId: sql`excluded.revision_id` },
    })
}

/** Takes a flow off every channel; running sessions go on. */
export async function unbind(tx: Db, flowId: string): Promise<void> {
  await tx.delete(flowChannel).where(eq(flowChannel.flowId, flowId))
}

/** The newest first, from the one before number `before`. */
export async function listRevisions(
  tx: Db,
  flowId: string,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<RevisionSummary[]> {
  return tx
    .select(summary)
    .from(flowRevision)
    .where(and(eq(flowRevision.flowId, flowId), before === undefined ? undefined : lt(flowRevision.number, before)))
    .orderBy(desc(flowRevision.number))
    .limit(limit)
}

/** The document of one revision, byte for byte as it was published. */
export async function findRevision(
  tx: Db,
  flowId: string,
  number: number,
): Promise<(RevisionSummary & { readonly document: string }) | undefined> {
  const found = await tx
    .select({ ...summary, document: flowRevision.document })
    .from(flowRevision)
    .where(and(eq(flowRevision.flowId, flowId), eq(flowRevision.number, number)))
  return found[0]
}

/** Where flows listen, and with which revision. */
export interface Listening {
  readonly flowId: string
  readonly channel: string
  readonly revision: number
}

/** What these flows listen on, by flow and channel. */
export async function listeningOf(tx: Db, flowIds: readonly string[]): Promise<Listening[]> {
  if (flowIds.length === 0) return []
  return listening(tx)
    .where(inArray(flowChannel.flowId, [...flowIds]))
    .orderBy(flowChannel.flowId, flowChannel.channel)
}

/** What listens on these channels. */
export async function listeningOn(tx: Db, channels: readonly string[]): Promise<Listening[]> {
  if (channels.length === 0) return []
  return listening(tx)
    .where(inArray(flowChannel.channel, [...channels]))
    .orderBy(flowChannel.channel, flowChannel.boundAt, flowChannel.flowId)
}

const summary = {
  id: flowRevision.id,
  number: flowRevision.number,
  note: flowRevision.note,
  publishedAt: flowRevision.publishedAt,
  publishedBy: flowRevision.publishedBy,
}

function listening(tx: Db) {
  return tx
    .select({ flowId: flowChannel.flowId, channel: flowChannel.channel, revision: flowRevision.number })
    .from(flowChannel)
    .innerJoin(flowRevision, eq(flowRevision.id, flowChannel.revisionId))
    .$dynamic()
}

/** What was published last of a flow, with its document; undefined for one that never was. */
export async function findLatestRevision(
  tx: Db,
  flowId: string,
): Promise<(RevisionSummary & { readonly document: string }) | undefined> {
  const found = await tx
    .select({ ...summary, document: flowRevision.document })
    .from(flowRevision)
    .where(eq(flowRevision.flowId, flowId))
    .orderBy(desc(flowRevision.number))
    .limit(1)
  return found[0]
}
