import type { Card, CardExit, Picture } from './picture.ts'

/** Measures of a drawing, in pixels. */
export const sizes = {
  cardWidth: 260,
  titleHeight: 30,
  lineHeight: 18,
  padding: 12,
  exitHeight: 22,
  gapX: 48,
  gapY: 64,
  margin: 40,
} as const

const charactersPerLine = 34
const maxLines = 4

/** A card with its place. */
export interface PlacedCard extends Card {
  readonly left: number
  readonly top: number
  readonly height: number
  readonly lines: readonly string[]
  /** Exits drawn as rows of the card; a sole exit needs no row and leaves at the bottom. */
  readonly rows: readonly CardExit[]
}

/**
 * Places cards in rows from the top down: nodes at about the same height on the canvas share a row, and in a row they
 * keep their order from left to right. Nothing overlaps, however closely the nodes were put.
 */
export function placed({ cards }: Picture): readonly PlacedCard[] {
  const sized = cards.map((card, index) => ({ card, index, ...contentOf(card) }))
  const result: PlacedCard[] = []
  const leftmost = Math.min(0, ...cards.map(({ x }) => x))
  let top: number = sizes.margin
  for (const row of rowsOf(sized)) {
    let left: number = sizes.margin
    for (const { card, index, height, lines, rows } of row.toSorted((a, b) => a.card.x - b.card.x)) {
      left = Math.max(left, sizes.margin + card.x - leftmost)
      result[index] = { ...card, left: Math.round(left), top, height, lines, rows }
      left += sizes.cardWidth + sizes.gapX
    }
    top += Math.max(...row.map(({ height }) => height)) + sizes.gapY
  }
  return result
}

/** Nodes whose heights differ by less than a title from the first of their row. */
function rowsOf<Sized extends { readonly card: Card }>(sized: readonly Sized[]): readonly (readonly Sized[])[] {
  const rows: Sized[][] = []
  for (const item of sized.toSorted((a, b) => a.card.y - b.card.y)) {
    const row = rows.at(-1)
    const first = row?.[0]
    if (row && first && item.card.y - first.card.y < sizes.titleHeight) row.push(item)
    else rows.push([item])
  }
  return rows
}

function contentOf(card: Card): Pick<PlacedCard, 'height' | 'lines' | 'rows'> {
  const lines = wrapped(card.body)
  const rows = card.exits.length === 1 ? [] : card.exits
  const body = lines.length === 0 ? 0 : lines.length * sizes.lineHeight + sizes.padding
  return { lines, rows, height: sizes.titleHeight + body + rows.length * sizes.exitHeight + sizes.padding / 2 }
}

function wrapped(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).flatMap((paragraph) => {
    const broken: string[] = []
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      const line = broken.at(-1)
      if (line !== undefined && line.length + word.length < charactersPerLine)
        broken[broken.length - 1] = `${line} ${word}`
      else broken.push(shortened(word, charactersPerLine))
    }
    return broken
  })
  return lines.length <= maxLines ? lines : [...lines.slice(0, maxLines - 1), `${lines[maxLines - 1]} …`]
}

/** A text cut to a number of characters, so that it stays within its card. */
export function shortened(text: string, maxCharacters: number): string {
  const characters = Array.from(text)
  return characters.length <= maxCharacters ? text : `${characters.slice(0, maxCharacters - 1).join('')}…`
}
