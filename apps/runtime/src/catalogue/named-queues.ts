import { didYouMean, type FlowDocument, type Issue, type JsonObject, type NodeRegistry } from '@textloom/core'
import type { Db } from '../db/drizzle.ts'
import { publishCodes } from './publish-codes.ts'
import { listQueues } from './queues.ts'

/** The queues that a flow names and this instance does not have: a warning, since their tickets are not lost. */
export async function queueIssues(tx: Db, flow: FlowDocument, nodes: NodeRegistry): Promise<Issue[]> {
  const named = queuesOf(flow, nodes)
  if (named.length === 0) return []
  const known = (await listQueues(tx)).map(({ id }) => id)
  const [severity] = publishCodes['publish/unknown-queue']
  return named
    .filter(({ queue }) => !known.includes(queue))
    .map(({ queue, node, path }) => {
      const message = `There is no queue "${queue}", so its tickets have no hours and no people of their own: add it in the settings, or name another.${didYouMean(queue, known)}`
      return { code: 'publish/unknown-queue', severity, kind: 'soundness', node, path, message }
    })
}

function queuesOf({ nodes: all }: FlowDocument, nodes: NodeRegistry) {
  return all.flatMap(({ id, type, data }, index) => {
    const nodeType = nodes.get(type)
    const read = nodeType?.queues && nodeType.schema.safeParse(data)
    if (!nodeType?.queues || !read?.success) return []
    return nodeType
      .queues(read.data as JsonObject)
      .map(({ queue, path }) => ({ queue, node: id, path: `nodes[${index}].data.${path}` }))
  })
}
