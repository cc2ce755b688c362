import type { FlowNode, Issue, NodeRegistry } from '@textloom/core'
import type { Node } from '@xyflow/react'
import type { Point } from '../../document/commands/draft.ts'
import { type FlowState, nodesOf } from '../../document/flow-state.ts'
import { readNode } from '../../document/node-reading.ts'
import { cardWidthPx } from '../../document/placing.ts'

/** A card on the canvas. */
export type StepNode = Node<{ readonly node: FlowNode }, 'step'>

/** A size in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Everything that the cards are made of. */
export interface NodeSources {
  readonly flow: Pick<FlowState, 'nodes' | 'nodeOrder'>
  readonly selected: ReadonlySet<string>
  /** Where cards are while they are dragged. */
  readonly dragged: ReadonlyMap<string, Point> | undefined
  readonly measured: ReadonlyMap<string, Size>
  readonly problems: ReadonlyMap<string, readonly Issue[]>
  /** The one card that Tab stops at. */
  readonly tabStop: string | undefined
}

interface Made {
  readonly from: readonly unknown[]
  readonly card: StepNode
}

/**
 * Makes the function that turns the document's nodes into cards. A node of which nothing changed stays the very same
 * card, so that it is not drawn again.
 */
export function nodeDeriver(registry: NodeRegistry): (sources: NodeSources) => StepNode[] {
  let made = new Map<string, Made>()
  let cards: StepNode[] = []
  return ({ flow, selected, dragged, measured, problems, tabStop }) => {
    const next = new Map<string, Made>()
    const list = parentsFirst(nodesOf(flow)).map((node): StepNode => {
      const position = dragged?.get(node.id) ?? node.position
      const size = measured.get(node.id)
      const from = [
        node,
        position.x,
        position.y,
        size,
        selected.has(node.id),
        problems.get(node.id)?.length ?? 0,
        tabStop === node.id,
      ]
      const before = made.get(node.id)
      const isSame = before?.from.every((value, index) => value === from[index])
      const card = before && isSame ? before.card : toCard(node, position, size, registry, from, before?.card)
      next.set(node.id, { from, card })
      return card
    })
    made = next
    if (list.length !== cards.length || list.some((card, index) => card !== cards[index])) cards = list
    return cards
  }
}

/** How a screen reader calls a card: `Menu: Opening hours, 3 exits, 1 problem`. */
export function cardLabel(node: FlowNode, problems: number, registry: NodeRegistry): string {
  const { title, body, exits } = readNode(node, registry)
  const [line = ''] = body.split('\n', 1)
  return [
    line === '' ? title : `${title}: ${line}`,
    exits.length === 1 ? '1 exit' : `${exits.length} exits`,
    ...(problems === 0 ? [] : [problems === 1 ? '1 problem' : `${problems} problems`]),
  ].join(', ')
}

function toCard(
  node: FlowNode,
  position: Point,
  measured: Size | undefined,
  registry: NodeRegistry,
  [, , , , selected, problems, isTabStop]: readonly unknown[],
  before: StepNode | undefined,
): StepNode {
  return {
    id: node.id,
    type: 'step',
    position,
    data: before?.data.node === node ? before.data : { node },
    selected: selected === true,
    initialWidth: cardWidthPx,
    ariaLabel: cardLabel(node, Number(problems), registry),
    domAttributes: { tabIndex: isTabStop === true ? 0 : -1 },
    ...(measured && { measured }),
    ...(node.parentId !== undefined && { parentId: node.parentId }),
  }
}

/** React Flow wants a parent before what is inside it. */
function parentsFirst(nodes: readonly FlowNode[]): readonly FlowNode[] {
  if (nodes.every(({ parentId }) => parentId === undefined)) return nodes
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const depth = (node: FlowNode, seen: ReadonlySet<string> = new Set()): number => {
    const parent = node.parentId === undefined || seen.has(node.id) ? undefined : byId.get(node.parentId)
    return parent ? 1 + depth(parent, new Set([...seen, node.id])) : 0
  }
  return nodes.toSorted((left, right) => depth(left) - depth(right))
}
