import { type FlowDocument, type Issue, type JsonObject, type NodeRegistry, nearest } from '@textloom/core'
import { inArray } from 'drizzle-orm'
import type { Db } from '../db/drizzle.ts'
import { flow } from '../db/schema/index.ts'
import { publishCodes } from './publish-codes.ts'
import { listeningOf } from './revisions.ts'

/**
 * What is wrong with the calls of a flow that is to be published, as this instance knows the flows they name. A flow
 * that is not published yet is only warned of: of two that call each other, one must come first.
 */
export async function callIssues(tx: Db, document: FlowDocument, nodes: NodeRegistry): Promise<Issue[]> {
  const calls = callsOf(document, nodes).filter(({ called }) => called !== document.id)
  const ids = [...new Set(calls.map(({ called }) => called))]
  if (ids.length === 0) return []
  const known = await tx.select({ id: flow.id, archivedAt: flow.archivedAt }).from(flow).where(inArray(flow.id, ids))
  const listening = new Set((await listeningOf(tx, ids)).map(({ flowId }) => flowId))
  const all = known.length === ids.length ? [] : (await tx.select({ id: flow.id }).from(flow)).map(({ id }) => id)
  return calls.flatMap(({ called, node, path }): Issue[] => {
    if (listening.has(called)) return []
    const found = known.find(({ id }) => id === called)
    const issue = (code: keyof typeof publishCodes, message: string): Issue => {
      const [severity] = publishCodes[code]
      return { code, severity, kind: 'soundness', node, path, message }
    }
    if (found === undefined) {
      const meant = nearest(called, all)
      const hint = meant === undefined ? 'Choose one that exists.' : `Did you mean "${meant}"?`
      return [issue('publish/unknown-flow', `There is no flow "${called}" to call. ${hint}`)]
    }
    const until = found.archivedAt === null ? 'Until it is published' : 'It is in the archive: until it is published'
    return [
      issue(
        'publish/unpublished-flow',
        `${until}, the call of "${called}" fails and the conversation goes on without.`,
      ),
    ]
  })
}

interface Call {
  readonly called: string
  readonly node: string
  readonly path: string
}

function callsOf({ nodes: all }: FlowDocument, nodes: NodeRegistry): Call[] {
  return all.flatMap(({ id, type, data }, index) => {
    const nodeType = nodes.get(type)
    const parsed = nodeType?.calls && nodeType.schema.safeParse(data)
    if (!nodeType?.calls || !parsed?.success) return []
    return nodeType
      .calls(parsed.data as JsonObject)
      .map((call) => ({ called: call.flow, node: id, path: `nodes[${index}].data.${call.path}` }))
  })
}
