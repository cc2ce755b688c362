import type { FlowDocument, FlowNode } from '../document.ts'
import { isSame } from './values.ts'

/**
 * The nodes that only have another id: of one type, with the same data, at the same place, and one candidate on each
 * side. Old ids by which new ones replace them.
 */
export function renamesBetween(before: FlowDocument, after: FlowDocument): ReadonlyMap<string, string> {
  const older = new Set(before.nodes.map(({ id }) => id))
  const newer = new Set(after.nodes.map(({ id }) => id))
  const gone = before.nodes.filter(({ id }) => !newer.has(id))
  const come = after.nodes.filter(({ id }) => !older.has(id))
  return new Map(
    gone.flatMap((node) => {
      const like = come.filter((other) => isLike(node, other))
      const [only] = like
      const isOne = like.length === 1 && only && gone.filter((other) => isLike(other, only)).length === 1
      return isOne ? [[node.id, only.id] as const] : []
    }),
  )
}

/** A document with some nodes under other ids, wherever they are named. */
export function renamed(flow: FlowDocument, renames: ReadonlyMap<string, string>): FlowDocument {
  if (renames.size === 0) return flow
  const nameOf = (id: string) => renames.get(id) ?? id
  return {
    ...flow,
    nodes: flow.nodes.map((node) => ({
      ...node,
      id: nameOf(node.id),
      ...(node.parentId !== undefined && { parentId: nameOf(node.parentId) }),
    })),
    edges: flow.edges.map((edge) => ({ ...edge, source: nameOf(edge.source), target: nameOf(edge.target) })),
    ...(flow.translations && {
      translations: Object.fromEntries(
        Object.entries(flow.translations).map(([language, texts]) => [
          language,
          Object.fromEntries(Object.entries(texts).map(([key, text]) => [keyWith(key, nameOf), text])),
        ]),
      ),
    }),
    ...(flow.tests && {
      tests: flow.tests.map((test) => ({
        ...test,
        steps: test.steps.map((step) => ('visits' in step ? { visits: nameOf(step.visits) } : step)),
      })),
    }),
  }
}

function isLike(one: FlowNode, other: FlowNode): boolean {
  return one.type === other.type && isSame(one.position, other.position) && isSame(one.data, other.data)
}

/** `node.path` with another node. */
function keyWith(key: string, nameOf: (id: string) => string): string {
  const dot = key.indexOf('.')
  return dot < 0 ? key : `${nameOf(key.slice(0, dot))}${key.slice(dot)}`
}
