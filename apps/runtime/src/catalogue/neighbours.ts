import { type FlowDocument, type NodeRegistry, parseFlow } from '@textloom/core'
import type { ChannelNeighbours } from '@textloom/engine'
import { asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { flowChannel, flowRevision } from '../db/schema/index.ts'

/**
 * What listens on channels beside a flow that is to be published there, in the order in which a text finds them. A flow
 * that is there already keeps its place, a newcomer is the last.
 */
export async function neighboursOf(
  tx: Db,
  flowId: string,
  channels: readonly string[],
  nodes: NodeRegistry,
): Promise<ChannelNeighbours[]> {
  if (channels.length === 0) return []
  const bindings = await tx
    .select({ channel: flowChannel.channel, flowId: flowChannel.flowId, revision: flowChannel.revisionId })
    .from(flowChannel)
    .where(inArray(flowChannel.channel, [...channels]))
    .orderBy(asc(flowChannel.channel), asc(flowChannel.boundAt), asc(flowChannel.flowId))
  const others = new Set(bindings.filter((one) => one.flowId !== flowId).map(({ revision }) => revision))
  const documents = await documentsOf(tx, [...others], nodes)
  return [...new Set(channels)].map((channel) => {
    const here = bindings.filter((one) => one.channel === channel)
    const own = here.findIndex((one) => one.flowId === flowId)
    const neighbours = here.flatMap((one, index) => {
      const flow = one.flowId === flowId ? undefined : documents.get(one.revision)
      return flow ? [{ flow, isFirst: own < 0 || index < own }] : []
    })
    return { channel, neighbours }
  })
}

/** Documents by their revisions; read one by one, for they may be large and many. */
async function documentsOf(tx: Db, revisions: readonly string[], nodes: NodeRegistry) {
  const documents = new Map<string, FlowDocument>()
  for (const id of revisions) {
    const [row] = await tx.select({ document: flowRevision.document }).from(flowRevision).where(eq(flowRevision.id, id))
    const parsed = row && parseFlow(row.document, nodes)
    if (parsed?.ok) documents.set(id, parsed.flow)
  }
  return documents
}
