import type { JsonObject } from '../json.ts'
import type { NodeRegistry } from '../node/define-node.ts'
import { fold } from '../text-fold.ts'
import type { FlowDocument } from './document.ts'

/** Every keyword that begins a flow, which may be a draft, as its author wrote it; blank ones are left out. */
export function keywordsOf({ nodes }: Pick<FlowDocument, 'nodes'>, registry: NodeRegistry): string[] {
  return nodes.flatMap(({ type, data }) => {
    const nodeType = registry.get(type)
    if (nodeType?.start?.on !== 'mo' || !nodeType.words) return []
    const read = nodeType.schema.safeParse(data)
    if (!read.success) return []
    return nodeType
      .words(read.data as JsonObject)
      .flatMap(({ words }) => words)
      .filter((word) => fold(word) !== '')
  })
}
