import { type FlowDocument, type Issue, type JsonObject, type NodeRegistry, parseFlow } from '@textloom/core'
import { analyseCalls } from '@textloom/engine'
import type { Db } from '../db/drizzle.ts'
import { findDraft } from './drafts.ts'
import { publishCodes } from './publish-codes.ts'
import { listeningOf } from './revisions.ts'

/**
 * What is wrong with the calls of a flow that is to be published, as this instance knows the flows they name. A flow
 * that is not published yet is only warned of: of two that call each other, one must come first.
 */
export async function callIssues(tx: Db, document: FlowDocument, nodes: NodeRegistry): Promise<Issue[]> {
  const others = await calledFlows(tx, document, nodes)
  const calls = callsOf(document, nodes).filter(({ called }) => called !== document.id)
  const listening = new Set(
    (await listeningOf(tx, [...new Set(calls.map(({ called }) => called))])).map((one) => one.flowId),
  )
  const unpublished = calls.filter(({ called }) => !listening.has(called) && others.some(({ id }) => id === called))
  return [
    ...analyseCalls(document, others, nodes),
    ...unpublished.map(({ called, node, path }): Issue => {
      const [severity] = publishCodes['publish/unpublished-flow']
      const message = `Until "${called}" is published, calling it fails, and the conversation goes on without it.`
      return { code: 'publish/unpublished-flow', severity, kind: 'soundness', node, path, message }
    }),
  ]
}

/** The flows that the calls of a flow lead to, and theirs, as they are drawn now. */
export async function calledFlows(tx: Db, document: FlowDocument, nodes: NodeRegistry): Promise<FlowDocument[]> {
  const found = new Map<string, FlowDocument | undefined>([[document.id, document]])
  let next = [document]
  while (next.length > 0) {
    const ids = new Set(next.flatMap((flow) => callsOf(flow, nodes)).map(({ called }) => called))
    next = []
    for (const id of ids) {
      if (found.has(id)) continue
      const draft = await findDraft(tx, id)
      const parsed = draft && draft.archivedAt === null ? parseFlow(draft.document, nodes) : undefined
      const flow = parsed?.ok ? parsed.flow : undefined
      found.set(id, flow)
      if (flow !== undefined) next.push(flow)
    }
  }
  found.delete(document.id)
  return [...found.values()].filter((flow) => flow !== undefined)
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
