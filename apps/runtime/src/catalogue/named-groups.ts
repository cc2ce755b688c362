import { didYouMean, type FlowDocument, fold, type Issue, type JsonObject, type NodeRegistry } from '@textloom/core'
import type { Db } from '../db/drizzle.ts'
import { contactGroup } from '../db/schema/index.ts'
import { publishCodes } from './publish-codes.ts'

/** The groups that a flow asks about, that it does not make and this instance does not have: nobody is in them. */
export async function groupIssues(tx: Db, flow: FlowDocument, nodes: NodeRegistry): Promise<Issue[]> {
  const named = groupsOf(flow, nodes)
  if (named.every(({ makes }) => makes)) return []
  const known = (await tx.select({ id: contactGroup.id }).from(contactGroup)).map(({ id }) => id)
  const made = named.filter(({ makes }) => makes).map(({ group }) => group)
  const there = new Set([...known, ...made].map(fold))
  const [severity] = publishCodes['publish/unknown-group']
  return named
    .filter(({ group }) => !there.has(fold(group)))
    .map(({ group, node, path }) => {
      const message = `There is no group "${group}", so nobody is in it: make it under People, or name another.${didYouMean(group, known)}`
      return { code: 'publish/unknown-group', severity, kind: 'soundness', node, path, message }
    })
}

function groupsOf({ nodes: all }: FlowDocument, nodes: NodeRegistry) {
  return all.flatMap(({ id, type, data }, index) => {
    const nodeType = nodes.get(type)
    const read = nodeType?.groups && nodeType.schema.safeParse(data)
    if (!nodeType?.groups || !read?.success) return []
    return nodeType
      .groups(read.data as JsonObject)
      .map(({ group, makes = false, path }) => ({ group, makes, node: id, path: `nodes[${index}].data.${path}` }))
  })
}
