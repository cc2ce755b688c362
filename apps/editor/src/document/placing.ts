import type { FlowNode, NodeRegistry } from '@textloom/core'
import { type Point, snapped } from './commands/draft.ts'
import type { FlowState } from './flow-state.ts'
import { readNode } from './node-reading.ts'

/** Width of every card on the canvas. */
export const cardWidthPx = 264

/** Room between the foot of a card and the head of the next. */
export const gapPx = 60

/** Rows of text a card shows before it cuts off. */
const maxBodyLines = 6

const charactersPerLine = 34

/** How high a card is about to be, for placing what has not been drawn yet. */
export function cardHeight(node: FlowNode, registry: NodeRegistry): number {
  const { body, exits } = readNode(node, registry)
  const lines = body.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / charactersPerLine)), 0)
  const text = body === '' ? 0 : Math.min(lines, maxBodyLines) * 20 + 16
  return 44 + text + exits.length * 32
}

/** A free place for a node of some height, at or to the right of where it is wanted. */
export function freePlace(flow: FlowState, wanted: Point, heightPx: number, registry: NodeRegistry): Point {
  const boxes = [...flow.nodes.values()].map((node) => ({ ...node.position, height: cardHeight(node, registry) }))
  const place = { ...snapped(wanted) }
  const overlaps = () =>
    boxes.some(
      (box) =>
        place.x < box.x + cardWidthPx + 20 &&
        box.x < place.x + cardWidthPx + 20 &&
        place.y < box.y + box.height + 20 &&
        box.y < place.y + heightPx + 20,
    )
  while (overlaps()) place.x += cardWidthPx + 40 - ((cardWidthPx + 40) % 20)
  return place
}

/** Where the step after an exit belongs: below the card, under its exit when there are several. */
export function placeAfter(flow: FlowState, node: FlowNode, handle: string, registry: NodeRegistry): Point {
  const { exits } = readNode(node, registry)
  const wanted = exits.filter(({ optional }) => !optional)
  const column = Math.max(
    0,
    wanted.findIndex(({ id }) => id === handle),
  )
  const spread = Math.max(0, wanted.length - 1) / 2
  const x = node.position.x + (column - spread) * (cardWidthPx + 40)
  const y = node.position.y + cardHeight(node, registry) + gapPx
  return freePlace(flow, { x, y }, 120, registry)
}
