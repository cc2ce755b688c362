import { type FlowDocument, type FlowEdge, type FlowNode, flowFormat } from '@textloom/core'

/** A flow with nothing in it. */
export function emptyFlow(id: string, name = id): FlowDocument {
  return { format: flowFormat, id, name, languages: { base: 'en' }, nodes: [], edges: [] }
}

/** A keyword and so many messages after it, ten in a row, each leading to the next. */
export function longFlow(id: string, messages: number): FlowDocument {
  const nodes: FlowNode[] = [
    { id: 'start', type: 'keyword', position: { x: 0, y: -240 }, data: { keywords: [id], match: 'exact' } },
    ...Array.from({ length: messages }, (_, index) => ({
      id: `m${index}`,
      type: 'message',
      position: { x: (index % 10) * 320, y: Math.floor(index / 10) * 220 },
      data: { text: `Message ${index}` },
    })),
    { id: 'end', type: 'end', position: { x: 0, y: Math.ceil(messages / 10) * 220 }, data: { outcome: 'completed' } },
  ]
  const edges = nodes.slice(1).map(
    ({ id: target }, index): FlowEdge => ({
      id: `e${index}`,
      source: nodes[index]?.id ?? '',
      sourceHandle: 'next',
      target,
    }),
  )
  return { ...emptyFlow(id), nodes, edges }
}

/** `source:handle→target` of every edge, with nodes by what they are rather than by id. */
export function connections({ nodes, edges }: FlowDocument): string[] {
  const name = (id: string) => {
    const node = nodes.find((one) => one.id === id)
    return node
      ? `${node.type}${typeof node.data.text === 'string' && node.data.text !== '' ? ` "${node.data.text}"` : ''}`
      : id
  }
  return edges.map(({ source, sourceHandle, target }) => `${name(source)}:${sourceHandle}→${name(target)}`).sort()
}
