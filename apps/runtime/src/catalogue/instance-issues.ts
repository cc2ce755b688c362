import type { FlowDocument, Issue, NodeRegistry } from '@textloom/core'
import { analyseKeywordClashes } from '@textloom/engine'
import type { Db } from '../db/drizzle.ts'
import { callIssues } from './called-flows.ts'
import { groupIssues } from './named-groups.ts'
import { queueIssues } from './named-queues.ts'
import { neighboursOf } from './neighbours.ts'

/** What an instance says of a flow that is to be published on channels of it, beyond what the analysis says of it alone. */
export async function instanceIssues(
  tx: Db,
  { flow, channels }: { readonly flow: FlowDocument; readonly channels: readonly string[] },
  nodes: NodeRegistry,
): Promise<Issue[]> {
  return [
    ...(await callIssues(tx, flow, nodes)),
    ...(await queueIssues(tx, flow, nodes)),
    ...(await groupIssues(tx, flow, nodes)),
    ...analyseKeywordClashes(flow, await neighboursOf(tx, flow.id, channels, nodes), nodes),
  ]
}
