import type { FlowNode, NodeRegistry } from '@textloom/core'
import { gridPx, type Point, snapped } from './commands/draft.ts'
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

/** Room that a card takes on the canvas, in pixels; as wide as every card. */
export interface Box extends Point {
  readonly height: number
}

/** The room that cards take; `heightOf` knows what has been drawn, the rest is worked out. */
export function boxesOf(
  nodes: Iterable<FlowNode>,
  registry: NodeRegistry,
  heightOf: (id: string) => number | undefined = () => undefined,
): Box[] {
  return [...nodes].map((node) => ({ ...node.position, height: heightOf(node.id) ?? cardHeight(node, registry) }))
}

/**
 * How far cards have to go from where they are wanted, all together, so that none lies on one that is there: as little
 * as the grid allows; to the right or below rather than to the left or above.
 */
export function nearestFree(wanted: readonly Box[], taken: readonly Box[]): Point {
  const isFree = (by: Point) => wanted.every((box) => isApart({ ...box, x: box.x + by.x, y: box.y + by.y }, taken))
  for (let ring = 0; ; ring += 1) {
    const free = ringAround(ring).find(isFree)
    if (free) return free
  }
}

/** A free place for a card, at or to the right of where it is wanted. */
export function freeInRow(wanted: Box, taken: readonly Box[]): Point {
  const stepPx = Math.ceil((cardWidthPx + apartPx) / gridPx) * gridPx
  let { x, y } = snapped(wanted)
  while (!isApart({ x, y, height: wanted.height }, taken)) x += stepPx
  return { x, y }
}

/** Where the step after an exit belongs: below the card, under its exit when there are several. */
export function placeAfter(node: FlowNode, handle: string, registry: NodeRegistry, heightPx: number): Point {
  const { exits } = readNode(node, registry)
  const wanted = exits.filter(({ optional }) => !optional)
  const column = Math.max(
    0,
    wanted.findIndex(({ id }) => id === handle),
  )
  const spread = Math.max(0, wanted.length - 1) / 2
  const x = node.position.x + (column - spread) * (cardWidthPx + 40)
  return { x, y: node.position.y + heightPx + gapPx }
}

/** Room between two cards at the least. */
const apartPx = 20

function isApart({ x, y, height }: Box, taken: readonly Box[]): boolean {
  return !taken.some(
    (box) =>
      x < box.x + cardWidthPx + apartPx &&
      box.x < x + cardWidthPx + apartPx &&
      y < box.y + box.height + apartPx &&
      box.y < y + height + apartPx,
  )
}

/** The points of the grid that are so many steps away in the one direction and no more in the other, nearest first. */
function ringAround(steps: number): Point[] {
  if (steps === 0) return [{ x: 0, y: 0 }]
  const far = steps * gridPx
  return Array.from({ length: steps + 1 }, (_, index) => index * gridPx).flatMap((aside) => {
    const sides = aside === 0 ? [0] : [aside, -aside]
    return [far, -far].flatMap((away) => [
      ...sides.map((side) => ({ x: away, y: side })),
      ...sides.map((side) => ({ x: side, y: away })),
    ])
  })
}
