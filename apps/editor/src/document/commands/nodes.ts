import type { FlowNode, Json, JsonObject } from '@textloom/core'
import type { Draft } from 'immer'
import { blankData } from '../blank-data.ts'
import { exitsOf, settled } from '../node-reading.ts'
import { type CommandTools, dropEdges, type FlowDraft, type Point, putEdge, putNode, snapped } from './draft.ts'
import { moveRowTranslations } from './row-translations.ts'
import { declareWritten } from './variables.ts'

/** A node to come. */
export interface NewNode {
  readonly id: string
  readonly type: string
  readonly position: Point
  /** Blank data of the type when absent. */
  readonly data?: JsonObject
}

/** Where a new node comes after. */
export interface ExitOf {
  readonly source: string
  readonly sourceHandle: string
}

/** Puts a node on the canvas. */
export function addNode(draft: FlowDraft, { id, type, position, data }: NewNode, { registry }: CommandTools): void {
  const nodeType = registry.get(type)
  if (!nodeType) throw new Error(`There is no kind of step called "${type}".`)
  const node: FlowNode = { id, type, position: snapped(position), data: data ?? blankData(nodeType) }
  putNode(draft, node)
  declareWritten(draft, node, registry)
}

/** Puts nodes at other places. */
export function moveNodes(draft: FlowDraft, positions: ReadonlyMap<string, Point>): void {
  for (const [id, { x, y }] of positions) {
    const node = draft.nodes.get(id)
    if (node && (node.position.x !== x || node.position.y !== y)) node.position = { x, y }
  }
}

/**
 * Changes a node's data; edges from exits that are gone go too, variables it writes are declared, and translations stay
 * with their rows.
 */
export function changeNodeData(
  draft: FlowDraft,
  id: string,
  recipe: (data: Draft<JsonObject>) => void,
  { registry }: CommandTools,
): void {
  const node = draft.nodes.get(id)
  if (!node) return
  const before = settled(node)
  recipe(node.data as Draft<JsonObject>)
  const exits = new Set(exitsOf(node, registry).map((exit) => exit.id))
  if (registry.has(node.type)) dropEdges(draft, (edge) => edge.source === id && !exits.has(edge.sourceHandle))
  declareWritten(draft, node, registry, before)
  moveRowTranslations(draft, id, before.data, settled(node).data)
}

/** Puts a value at a path of a JSON value; undefined takes the field away. Lists and objects on the way must be there. */
export function setAt(root: Draft<JsonObject>, path: readonly (string | number)[], value: Json | undefined): void {
  const [key, ...rest] = path
  if (key === undefined) return
  const holder = root as Record<string | number, Json | undefined>
  if (rest.length > 0) {
    const next = holder[key]
    if (typeof next === 'object' && next !== null) setAt(next as Draft<JsonObject>, rest, value)
    return
  }
  if (value === undefined && !Array.isArray(holder)) delete holder[key]
  else if (holder[key] !== value) holder[key] = value
}

/**
 * Takes nodes out, with their edges and translations. `heal`: what led to a node leads on to where its first connected
 * exit led.
 */
export function removeNodes(
  draft: FlowDraft,
  ids: ReadonlySet<string>,
  { newId }: CommandTools,
  { heal = false }: { heal?: boolean } = {},
): void {
  const mended = heal ? detours(draft, ids) : []
  dropEdges(draft, ({ source, target }) => ids.has(source) || ids.has(target))
  for (const id of ids) draft.nodes.delete(id)
  draft.nodeOrder = draft.nodeOrder.filter((id) => !ids.has(id))
  for (const node of draft.nodes.values()) if (node.parentId && ids.has(node.parentId)) delete node.parentId
  for (const texts of Object.values(draft.translations ?? {})) {
    for (const key of Object.keys(texts)) if (ids.has(key.slice(0, key.indexOf('.')))) delete texts[key]
  }
  for (const edge of mended) putEdge(draft, { id: newId('edge'), ...edge })
}

/** Edges into doomed nodes, each with where its contact would have come to next. */
function detours(draft: FlowDraft, doomed: ReadonlySet<string>): (ExitOf & { target: string })[] {
  const edges = draft.edgeOrder.flatMap((id) => draft.edges.get(id) ?? [])
  const onwards = (node: string, seen: ReadonlySet<string>): string | undefined => {
    if (!doomed.has(node)) return node
    const next = edges.find(({ source }) => source === node)?.target
    return next === undefined || seen.has(next) ? undefined : onwards(next, new Set([...seen, next]))
  }
  return edges.flatMap(({ source, sourceHandle, target }) => {
    if (doomed.has(source) || !doomed.has(target)) return []
    const next = onwards(target, new Set([target]))
    return next === undefined || next === source ? [] : [{ source, sourceHandle, target: next }]
  })
}
