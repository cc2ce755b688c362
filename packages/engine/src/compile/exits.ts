import type { FlowDocument } from '@textloom/core'

/** Where each exit of each node leads, by node id and handle. */
export type Exits = ReadonlyMap<string, ReadonlyMap<string, string>>

/** The edges of a flow by where they begin. */
export function exitsOf({ edges }: Pick<FlowDocument, 'edges'>): Exits {
  const exits = new Map<string, Map<string, string>>()
  for (const { source, sourceHandle, target } of edges) {
    const ofNode = exits.get(source) ?? new Map<string, string>()
    if (!ofNode.has(sourceHandle)) ofNode.set(sourceHandle, target)
    exits.set(source, ofNode)
  }
  return exits
}
