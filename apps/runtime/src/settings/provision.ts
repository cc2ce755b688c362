import { isDeepStrictEqual } from 'node:util'
import type { Ids, NodeRegistry, TransportRegistry } from '@textloom/core'
import { and, eq, notInArray } from 'drizzle-orm'
import { findChannel, insertChannel, replaceChannel } from '../catalogue/channels.ts'
import { archiveDraft, canonical, findDraft, insertDraft, replaceDraft, setProvenance } from '../catalogue/drafts.ts'
import { openLinkConfig, sealLinkConfig } from '../catalogue/link-secrets.ts'
import { findLink, insertLink, replaceLink } from '../catalogue/links.ts'
import type { QueueValues } from '../catalogue/queue-schema.ts'
import { findQueue, insertQueue, replaceQueue } from '../catalogue/queues.ts'
import { publish, unbind } from '../catalogue/revisions.ts'
import { type Db, inTransaction } from '../db/drizzle.ts'
import { channel, flow, link, queue } from '../db/schema/index.ts'
import type { Sql } from '../db/sql.ts'
import type { Declared } from './config-file.ts'
import { SealError, type SecretBox } from './secret-box.ts'

/** What applying a file needs beside the file. */
export interface Provisioning {
  readonly nodes: NodeRegistry
  readonly transports: TransportRegistry
  readonly box: SecretBox
  readonly now: Date
  readonly ids: Ids
}

/**
 * Makes the database say what the file declares, all of it or nothing. Applying the same file again changes nothing.
 * What the file declared once and does no more is switched off (links, channels) or archived (flows), and belongs to
 * the app from then on.
 */
export async function provision(sql: Sql, declared: Declared, means: Provisioning): Promise<void> {
  await inTransaction(sql, async (tx) => {
    for (const one of declared.links) await applyLink(tx, one, means)
    for (const one of declared.channels) await applyChannel(tx, one, means)
    for (const one of topDown(declared.queues ?? [])) await applyQueue(tx, one, means)
    for (const one of declared.flows) await applyFlow(tx, one, means)
    await retire(tx, declared, means.now)
  })
}

/** Without a file nothing is declared: what one declared once goes on as it is, and belongs to the app. */
export async function releaseAll(sql: Sql): Promise<void> {
  await inTransaction(sql, async (tx) => {
    await tx.update(link).set({ source: 'api' }).where(eq(link.source, 'config'))
    await tx.update(channel).set({ source: 'api' }).where(eq(channel.source, 'config'))
    await tx.update(queue).set({ source: 'api' }).where(eq(queue.source, 'config'))
    await tx.update(flow).set({ source: 'api' }).where(eq(flow.source, 'config'))
  })
}

async function applyLink(tx: Db, { id, kind, config }: Declared['links'][number], means: Provisioning): Promise<void> {
  const { transports, box, now } = means
  const schema = transports.get(kind)?.config
  if (schema === undefined) throw new Error(`No transport is of kind "${kind}".`)
  const stored = await findLink(tx, id)
  if (stored?.kind === kind && stored.source === 'config' && stored.isEnabled) {
    if (isDeepStrictEqual(opened(stored, means), config)) return
  }
  const values = { id, kind, config: sealLinkConfig(id, config, schema, box) }
  if (stored === undefined) await insertLink(tx, values, 'config', now)
  else await replaceLink(tx, { ...values, isEnabled: true, source: 'config' }, now)
}

/** Undefined for what was sealed with a secret that is no more: the file says it anew. */
function opened({ id, kind, config }: { id: string; kind: string; config: object }, means: Provisioning) {
  const schema = means.transports.get(kind)?.config
  try {
    return schema && openLinkConfig(id, { ...config }, schema, means.box)
  } catch (error) {
    if (error instanceof SealError) return undefined
    throw error
  }
}

async function applyChannel(tx: Db, values: Declared['channels'][number], { now }: Provisioning): Promise<void> {
  const stored = await findChannel(tx, values.id)
  if (stored === undefined) {
    await insertChannel(tx, values, 'config', now)
    return
  }
  const wanted = { ...values, source: 'config' as const, isEnabled: true }
  if (!isDeepStrictEqual(stored, wanted)) await replaceChannel(tx, wanted, now)
}

/** Parents first: a queue refers to a row that is there. */
function topDown(queues: readonly QueueValues[]): QueueValues[] {
  const declared = new Map(queues.map((one) => [one.id, one]))
  const depth = ({ parentId }: QueueValues): number => {
    const parent = parentId === null ? undefined : declared.get(parentId)
    return parent === undefined ? 0 : 1 + depth(parent)
  }
  return queues.toSorted((a, b) => depth(a) - depth(b))
}

async function applyQueue(tx: Db, values: QueueValues, { now }: Provisioning): Promise<void> {
  const stored = await findQueue(tx, values.id)
  if (stored === undefined) {
    await insertQueue(tx, values, 'config', now)
    return
  }
  const wanted = { ...values, source: 'config' as const }
  if (!isDeepStrictEqual(stored, wanted)) await replaceQueue(tx, wanted, now)
}

async function applyFlow(
  tx: Db,
  { flow: document, isPublished, channels }: Declared['flows'][number],
  { nodes, now, ids }: Provisioning,
): Promise<void> {
  const made = canonical(document, nodes)
  const stored = await findDraft(tx, made.id)
  if (stored === undefined) await insertDraft(tx, made, 'config', { now, by: null })
  else {
    if (stored.etag !== made.etag || stored.archivedAt !== null)
      await replaceDraft(tx, made, stored.etag, { now, by: null })
    if (stored.source !== 'config') await setProvenance(tx, made.id, 'config')
  }
  if (!isPublished) return unbind(tx, made.id)
  await publish(tx, { flowId: made.id, document: made.document, channels, by: 'config' }, { now, ids })
}

async function retire(tx: Db, declared: Declared, now: Date): Promise<void> {
  const off = { isEnabled: false, source: 'api', updatedAt: now }
  const keptLinks = declared.links.map(({ id }) => id)
  await tx
    .update(link)
    .set(off)
    .where(and(eq(link.source, 'config'), notInArray(link.id, keptLinks)))
  const keptChannels = declared.channels.map(({ id }) => id)
  await tx
    .update(channel)
    .set(off)
    .where(and(eq(channel.source, 'config'), notInArray(channel.id, keptChannels)))
  // A queue cannot be switched off; it belongs to the app from now on.
  const keptQueues = (declared.queues ?? []).map(({ id }) => id)
  await tx
    .update(queue)
    .set({ source: 'api' })
    .where(and(eq(queue.source, 'config'), notInArray(queue.id, keptQueues)))
  const keptFlows = declared.flows.map(({ flow: { id } }) => id)
  const retired = await tx
    .update(flow)
    .set({ source: 'api' })
    .where(and(eq(flow.source, 'config'), notInArray(flow.id, keptFlows)))
    .returning({ id: flow.id })
  for (const { id } of retired) await archiveDraft(tx, id, now)
}
