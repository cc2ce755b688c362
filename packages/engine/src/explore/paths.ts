import type { FlowDocument, NodeRegistry } from '@textloom/core'
import { type Subject, type SubjectNode, subjectOf } from '../analysis/subject.ts'
import { exitsOf } from '../compile/exits.ts'

/** One way through a flow that comes to no node twice. */
export interface FlowPath {
  /** From a start; the last step has no exit. */
  readonly steps: readonly PathPart[]
  /** `end`: at a node that nothing leaves. `open`: at an exit that leads nowhere. `again`: back at a node of this way. */
  readonly ends: 'end' | 'open' | 'again'
}

/** A node on the way, and the exit taken. */
export interface PathPart {
  readonly node: string
  readonly handle?: string
}

/** The ways through a flow, the first ones found. */
export interface ExploredPaths {
  readonly paths: readonly FlowPath[]
  /** True when there are more than were asked for: their number doubles with every fork. */
  readonly isCut: boolean
}

/** Most ways that are listed unless more are asked for. */
export const usualMostPaths = 1_000

/**
 * All ways through a flow that come to no node twice, depth first in the order of the exits.
 * @param most after so many ways it stops
 */
export function explorePaths(flow: FlowDocument, registry: NodeRegistry, most = usualMostPaths): ExploredPaths {
  const exits = exitsOf(flow)
  const nodes = new Map(subjectOf(flow, registry).nodes.map((node) => [node.id, node]))
  const paths: FlowPath[] = []
  const way: { node: string; handle?: string; readonly open: { id: string; target: string | undefined }[] }[] = []
  const onWay = new Set<string>()

  const enter = (node: string) => {
    onWay.add(node)
    const handles = nodes.get(node)?.handles ?? []
    const open = handles.flatMap(({ id, optional }) => {
      const target = exits.get(node)?.get(id)
      return target === undefined && optional ? [] : [{ id, target }]
    })
    way.push({ node, open })
    if (open.length === 0) add('end')
  }
  const add = (ends: FlowPath['ends'], last?: string) => {
    const steps = way.map(({ node, handle }) => ({ node, ...(handle === undefined ? {} : { handle }) }))
    paths.push({ steps: last === undefined ? steps : [...steps, { node: last }], ends })
  }

  // A stack of its own, since a flow may be a chain of many thousand nodes.
  for (const start of nodes.values()) {
    if (!start.nodeType.start) continue
    enter(start.id)
    for (let at = way.at(-1); at; at = way.at(-1)) {
      if (paths.length > most) return { paths: paths.slice(0, most), isCut: true }
      const exit = at.open.shift()
      if (!exit) {
        onWay.delete(at.node)
        way.pop()
        continue
      }
      at.handle = exit.id
      if (exit.target === undefined) add('open')
      else if (onWay.has(exit.target)) add('again', exit.target)
      else enter(exit.target)
    }
  }
  return paths.length > most ? { paths: paths.slice(0, most), isCut: true } : { paths, isCut: false }
}

/** A way as people read it: what is said and done at each node, and by which exit it goes on. */
export function pathTranscript(path: FlowPath, flow: FlowDocument, registry: NodeRegistry): string[] {
  const nodes = nodesById(subjectOf(flow, registry))
  const lines = path.steps.flatMap(({ node, handle }, index) => {
    const found = nodes.get(node)
    if (!found) return []
    const isReturn = path.ends === 'again' && index === path.steps.length - 1
    if (isReturn) return [`  (again at ${nameOf(found)})`]
    const label = found.handles.find(({ id }) => id === handle)?.label
    const isOnlyExit = found.handles.length === 1
    // What the contact replies, or else what is decided or happens.
    const sign = found.nodeType.waits === 'reply' ? '>' : '  →'
    return [...saying(found), ...(label === undefined || isOnlyExit ? [] : [`${sign} ${label}`])]
  })
  return path.ends === 'open' ? [...lines, '  (leads nowhere yet)'] : lines
}

function nodesById({ nodes }: Subject): ReadonlyMap<string, SubjectNode> {
  return new Map(nodes.map((node) => [node.id, node]))
}

function saying(node: SubjectNode): string[] {
  const [text] = (node.nodeType.templates?.(node.data) ?? []).filter(({ use }) => use === 'message')
  return [text ? `< ${text.template.replace(/\s*\n\s*/g, ' ')}` : `  ${nameOf(node)}`]
}

function nameOf({ nodeType, data }: SubjectNode): string {
  const { title, body } = nodeType.describe(data)
  return body === '' ? title : `${title}: ${body.replace(/\s*\n\s*/g, ' / ')}`
}
