import type { FlowDocument, JsonObject, NodeRegistry } from '@textloom/core'

/** The flows that the calls of a flow lead to, and theirs, each loaded once; those that are not there are left out. */
export async function calledFlows(
  document: FlowDocument,
  registry: NodeRegistry,
  load: (flow: string) => Promise<FlowDocument | undefined>,
): Promise<readonly FlowDocument[]> {
  const seen = new Set([document.id])
  const found: FlowDocument[] = []
  let next = [document]
  while (next.length > 0) {
    const ids = next.flatMap((flow) => callsOf(flow, registry)).filter((id) => !seen.has(id) && seen.add(id))
    const loaded = await Promise.all(ids.map(load))
    next = loaded.filter((flow) => flow !== undefined)
    found.push(...next)
  }
  return found
}

function callsOf({ nodes }: FlowDocument, registry: NodeRegistry): readonly string[] {
  return nodes.flatMap(({ type, data }) => {
    const nodeType = registry.get(type)
    const read = nodeType?.calls && nodeType.schema.safeParse(data)
    return nodeType?.calls && read?.success ? nodeType.calls(read.data as JsonObject).map(({ flow }) => flow) : []
  })
}
