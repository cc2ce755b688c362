import type { FlowDocument, FlowEdge, FlowNode } from '../document.ts'
import type { FlowChange, NodePlace } from './changes.ts'
import { renamed, renamesBetween } from './renames.ts'
import { isSame, valueChanges } from './values.ts'

/**
 * Everything that differs between two versions of a flow: nodes first, then exits, what belongs to the flow as a whole,
 * translations, saved tests and notes. Empty exactly where both say the same; they may be drafts.
 */
export function diffFlows(before: FlowDocument, after: FlowDocument): FlowChange[] {
  const renames = renamesBetween(before, after)
  const older = renamed(before, renames)
  return [
    ...[...renames].map(([from, to]): FlowChange => ({ kind: 'node-renamed', from, to })),
    ...nodeChanges(older, after),
    ...exitChanges(older, after),
    ...settingChanges(older, after),
    ...translationChanges(older, after),
    ...testChanges(older, after),
    ...noteChanges(older, after),
    ...orderChanges(older, after),
  ]
}

function nodeChanges(before: FlowDocument, after: FlowDocument): FlowChange[] {
  const older = new Map(before.nodes.map((node) => [node.id, node]))
  const newer = new Set(after.nodes.map(({ id }) => id))
  return [
    ...before.nodes.filter(({ id }) => !newer.has(id)).map((node): FlowChange => ({ kind: 'node-removed', node })),
    ...after.nodes.flatMap((node): FlowChange[] => {
      const was = older.get(node.id)
      if (!was) return [{ kind: 'node-added', node }]
      return [...contentChanges(was, node), ...moves(was, node)]
    }),
  ]
}

function contentChanges(was: FlowNode, is: FlowNode): FlowChange[] {
  const changes = valueChanges(was.data, is.data)
  if (was.type === is.type && changes.length === 0) return []
  const type = was.type === is.type ? {} : { type: { before: was.type, after: is.type } }
  return [{ kind: 'node-changed', node: is.id, ...type, changes }]
}

function moves(was: FlowNode, is: FlowNode): FlowChange[] {
  const [from, to] = [placeOf(was), placeOf(is)]
  return isSame(from, to) ? [] : [{ kind: 'node-moved', node: is.id, from, to }]
}

function placeOf({ position, parentId, width, height }: FlowNode): NodePlace {
  return {
    position,
    ...(parentId !== undefined && { parentId }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  }
}

function exitChanges(before: FlowDocument, after: FlowDocument): FlowChange[] {
  const older = Map.groupBy(before.edges, exitOf)
  const newer = Map.groupBy(after.edges, exitOf)
  return [...new Set([...older.keys(), ...newer.keys()])].flatMap((key) =>
    oneExit(older.get(key) ?? [], newer.get(key) ?? []),
  )
}

/** The edges of one exit: mostly one before and one after. */
function oneExit(before: readonly FlowEdge[], after: readonly FlowEdge[]): FlowChange[] {
  const gone = [...before]
  const come: FlowEdge[] = []
  const changed = after.flatMap((edge): FlowChange[] => {
    const at = gone.findIndex(({ target }) => target === edge.target)
    const [was] = at < 0 ? [] : gone.splice(at, 1)
    if (!was) {
      come.push(edge)
      return []
    }
    const changes = valueChanges(was, edge)
    return changes.length === 0 ? [] : [{ kind: 'edge-changed', node: edge.source, exit: edge.sourceHandle, changes }]
  })
  const connected = come.map((edge): FlowChange => {
    const instead = gone.shift()?.target
    const what = { node: edge.source, exit: edge.sourceHandle, to: edge.target }
    return { kind: 'exit-connected', ...what, ...(instead !== undefined && { instead }) }
  })
  const disconnected = gone.map(
    ({ source, sourceHandle, target }): FlowChange => ({
      kind: 'exit-disconnected',
      node: source,
      exit: sourceHandle,
      from: target,
    }),
  )
  return [...changed, ...connected, ...disconnected]
}

function exitOf({ source, sourceHandle }: FlowEdge): string {
  return `${source}:${sourceHandle}`
}

function settingChanges(before: FlowDocument, after: FlowDocument): FlowChange[] {
  const changes = valueChanges(ofTheFlow(before), ofTheFlow(after))
  return changes.length === 0 ? [] : [{ kind: 'setting-changed', changes }]
}

function ofTheFlow({ id, name, languages, variables, params, settings }: FlowDocument) {
  return { id, name, languages, variables, params, settings }
}

function translationChanges(before: FlowDocument, after: FlowDocument): FlowChange[] {
  const [older, newer] = [before.translations ?? {}, after.translations ?? {}]
  return keysOf(older, newer).flatMap((language) => {
    const [was, is] = [new Map(Object.entries(older[language] ?? {})), new Map(Object.entries(newer[language] ?? {}))]
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): FlowChange[] => {
      const [before, after] = [was.get(key), is.get(key)]
      if (before === after) return []
      return [
        {
          kind: 'translation-changed',
          language,
          key,
          ...(before !== undefined && { before }),
          ...(after !== undefined && { after }),
        },
      ]
    })
  })
}

function testChanges(before: FlowDocument, after: FlowDocument): FlowChange[] {
  const older = new Map((before.tests ?? []).map((test) => [test.name, test]))
  const newer = new Map((after.tests ?? []).map((test) => [test.name, test]))
  return [
    ...[...older.keys()].filter((name) => !newer.has(name)).map((name): FlowChange => ({ kind: 'test-removed', name })),
    ...[...newer].flatMap(([name, test]): FlowChange[] => {
      const was = older.get(name)
      if (!was) return [{ kind: 'test-added', name }]
      const changes = valueChanges(was, test)
      return changes.length === 0 ? [] : [{ kind: 'test-changed', name, changes }]
    }),
  ]
}

function noteChanges(before: FlowDocument, after: FlowDocument): FlowChange[] {
  const older = new Map((before.notes ?? []).map((note) => [note.id, note]))
  const newer = new Map((after.notes ?? []).map((note) => [note.id, note]))
  return [...new Set([...older.keys(), ...newer.keys()])].flatMap((id): FlowChange[] => {
    const changes = valueChanges(older.get(id), newer.get(id))
    return changes.length === 0 ? [] : [{ kind: 'note-changed', note: id, changes }]
  })
}

const ordered = [
  ['nodes', 'id'],
  ['edges', 'id'],
  ['tests', 'name'],
  ['notes', 'id'],
] as const

/** Lists whose entries are held against each other by id: that those which stayed stand in another order is told apart. */
function orderChanges(before: FlowDocument, after: FlowDocument): FlowChange[] {
  return ordered.flatMap(([section, key]): FlowChange[] => {
    const idsOf = (flow: FlowDocument) =>
      ((flow[section] ?? []) as readonly { readonly [field in typeof key]?: string }[]).map((entry) => entry[key] ?? '')
    const [was, is] = [idsOf(before), idsOf(after)]
    const [older, newer] = [new Set(was), new Set(is)]
    const isOrdered = isSame(
      was.filter((id) => newer.has(id)),
      is.filter((id) => older.has(id)),
    )
    return isOrdered ? [] : [{ kind: 'reordered', section }]
  })
}

function keysOf(...records: readonly object[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))]
}
