import type { FlowNode } from '@textloom/core'

/** The cards of one row: those under each other, and the one beside the reply. */
export interface Block {
  readonly column: readonly string[]
  /** Stands to the right of the last card but one. */
  readonly beside: string | undefined
  readonly line: 'keywords' | 'rules'
}

const columnPx = 320
const stepPx = 240
const columnsPerLine = 8
/** Room between two lines of rows. */
const lineGapPx = 80

/** Places for all cards: each row a column, keywords above, the rules and what goes with them below. */
export function placesOf(blocks: readonly Block[]): ReadonlyMap<string, FlowNode['position']> {
  const places = new Map<string, FlowNode['position']>()
  let top = 0
  for (const line of ['keywords', 'rules'] as const) {
    for (const blocksInLine of linesOf(blocks.filter((block) => block.line === line))) {
      let left = 0
      for (const { column, beside } of blocksInLine) {
        for (const [index, id] of column.entries()) places.set(id, { x: left, y: top + index * stepPx })
        if (beside !== undefined)
          places.set(beside, { x: left + columnPx, y: top + Math.max(0, column.length - 2) * stepPx })
        left += widthOf({ beside }) * columnPx
      }
      top += Math.max(...blocksInLine.map(({ column }) => column.length)) * stepPx + lineGapPx
    }
  }
  return places
}

function linesOf(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const lines: Block[][] = []
  let columns = columnsPerLine
  for (const block of blocks) {
    if (columns + widthOf(block) > columnsPerLine) {
      lines.push([])
      columns = 0
    }
    lines.at(-1)?.push(block)
    columns += widthOf(block)
  }
  return lines
}

function widthOf({ beside }: Pick<Block, 'beside'>): number {
  return beside === undefined ? 1 : 2
}
