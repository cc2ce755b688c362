import type { Json } from '../json.ts'
import { didYouMean } from '../nearest.ts'
import type { Handle, NodeRegistry } from '../node/define-node.ts'
import type { StructureCode } from './issue-codes.ts'
import type { DocumentPath } from './path.ts'
import { isRecord } from './plain-json.ts'
import { type Misfit, misfits } from './sentences.ts'

/** A structural defect before it is put into words for its reader. `says` continues the path, as in `Misfit`. */
export interface Defect extends Misfit {
  readonly code: StructureCode
  readonly path: DocumentPath
}

/**
 * What no single schema can see: ids used twice, node types nobody knows, data that does not fit its node's type,
 * edges and parents that lead nowhere. Looks at whatever part of the document has the right shape, so that it finds
 * all there is to find in one go.
 */
export function structuralDefects(document: Json, registry: NodeRegistry): readonly Defect[] {
  if (!isRecord(document)) return []
  const nodes = entries(document.nodes)
  const handles = new Map<string, readonly Handle[] | undefined>()
  const ofNodes = nodes.flatMap(({ value, index }) => {
    const { defects, exits } = nodeDefects(value, ['nodes', index], registry)
    // Of nodes that share an id nobody can say which one an edge leaves.
    if (typeof value.id === 'string') handles.set(value.id, handles.has(value.id) ? undefined : exits)
    return defects
  })
  return [
    ...duplicates(document, ['variables'], 'name', 'variable'),
    ...duplicates(document, ['params'], 'name', 'parameter'),
    ...duplicates(document, ['nodes'], 'id', 'node'),
    ...ofNodes,
    ...parentDefects(nodes),
    ...duplicates(document, ['edges'], 'id', 'edge'),
    ...entries(document.edges).flatMap(({ value, index }) => edgeDefects(value, ['edges', index], handles)),
    ...duplicates(document, ['tests'], 'name', 'test'),
    ...duplicates(document, ['notes'], 'id', 'note'),
  ]
}

interface Entry {
  readonly value: Record<string, unknown>
  readonly index: number
}

function entries(list: unknown): readonly Entry[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((value, index) => (isRecord(value) ? [{ value, index }] : []))
}

function nodeDefects(
  node: Record<string, unknown>,
  path: DocumentPath,
  registry: NodeRegistry,
): { defects: readonly Defect[]; exits: readonly Handle[] | undefined } {
  if (typeof node.type !== 'string') return { defects: [], exits: undefined }
  const nodeType = registry.get(node.type)
  if (!nodeType) {
    const says = `is ${quote(node.type)}, which is no node type.${didYouMean(node.type, registry.keys()) || ` Known types: ${[...registry.keys()].join(', ')}.`}`
    return { defects: [{ code: 'flow/unknown-node-type', path: [...path, 'type'], says }], exits: undefined }
  }
  if (!isRecord(node.data)) return { defects: [], exits: undefined }
  const found = misfits(nodeType.schema, node.data).map((misfit) => asDefect(misfit, [...path, 'data']))
  if (found.length > 0) return { defects: found, exits: undefined }
  const exits = nodeType.handles(nodeType.schema.parse(node.data))
  return { defects: repeatedExits(exits, [...path, 'data']), exits }
}

/** A misfit as a defect, its path seen from the root of the document. */
export function asDefect(misfit: Misfit, base: DocumentPath = []): Defect {
  const path = [...base, ...misfit.path.map((key) => (typeof key === 'number' ? key : String(key)))]
  return { ...misfit, path, code: misfit.unknownField === undefined ? 'flow/schema' : 'flow/unknown-field' }
}

function repeatedExits(exits: readonly Handle[], path: DocumentPath): readonly Defect[] {
  const seen = new Set<string>()
  const repeated = new Set(exits.map(({ id }) => id).filter((id) => seen.size === seen.add(id).size))
  return [...repeated].map((id) => ({
    code: 'flow/duplicate-id',
    path,
    says: `gives two exits the id ${quote(id)}: each exit needs its own`,
  }))
}

function duplicates(
  document: Record<string, unknown>,
  path: DocumentPath,
  key: 'id' | 'name',
  what: string,
): readonly Defect[] {
  const firstAt = new Map<string, number>()
  return entries(document[String(path[0])]).flatMap(({ value, index }): readonly Defect[] => {
    const id = value[key]
    if (typeof id !== 'string') return []
    const first = firstAt.get(id)
    if (first === undefined) {
      firstAt.set(id, index)
      return []
    }
    const says = `is ${quote(id)} like that of ${path[0]}[${first}]: each ${what} needs its own ${key}`
    return [{ code: 'flow/duplicate-id', path: [...path, index, key], says }]
  })
}

/** React Flow draws a node inside its parent, so a parent must exist and must not be inside its own child. */
function parentDefects(nodes: readonly Entry[]): readonly Defect[] {
  const parents = new Map(nodes.map(({ value }) => [value.id, value.parentId]))
  const circling = onCircle(parents)
  return nodes.flatMap(({ value: { id, parentId }, index }): readonly Defect[] => {
    if (typeof parentId !== 'string') return []
    const path = ['nodes', index, 'parentId']
    if (circling.has(id)) return [{ code: 'flow/schema', path, says: 'leads back to the node itself' }]
    if (parents.has(parentId)) return []
    return [{ code: 'flow/schema', path, says: `is ${quote(parentId)}, but no node has that id` }]
  })
}

/** The keys of a map from which following its values leads back to them. */
function onCircle(next: ReadonlyMap<unknown, unknown>): ReadonlySet<unknown> {
  const circling = new Set<unknown>()
  const settled = new Set<unknown>()
  for (const start of next.keys()) {
    const trail = new Set<unknown>()
    let at: unknown = start
    for (; next.has(at) && !settled.has(at) && !trail.has(at); at = next.get(at)) trail.add(at)
    const order = [...trail]
    if (trail.has(at)) for (const key of order.slice(order.indexOf(at))) circling.add(key)
    for (const key of trail) settled.add(key)
  }
  return circling
}

function edgeDefects(
  edge: Record<string, unknown>,
  path: DocumentPath,
  handles: ReadonlyMap<string, readonly Handle[] | undefined>,
): readonly Defect[] {
  const { source, target, sourceHandle } = edge
  const dangling = (end: string, says: string): Defect => ({ code: 'flow/dangling-edge', path: [...path, end], says })
  const defects: Defect[] = []
  for (const [end, id] of Object.entries({ source, target })) {
    if (typeof id !== 'string' || handles.has(id)) continue
    defects.push(dangling(end, `is ${quote(id)}, but no node has that id`))
  }
  const exits = typeof source === 'string' ? handles.get(source) : undefined
  if (typeof sourceHandle === 'string' && exits && !exits.some(({ id }) => id === sourceHandle)) {
    const ids = exits.map(({ id }) => quote(id)).join(', ')
    const has = exits.length === 0 ? 'it has no exits' : `its exits are ${ids}`
    defects.push(
      dangling('sourceHandle', `is ${quote(sourceHandle)}, which node ${quote(String(source))} does not have: ${has}`),
    )
  }
  return defects
}

function quote(text: string): string {
  return JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text)
}
