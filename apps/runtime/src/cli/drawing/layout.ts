import type { Card, Picture } from './picture.ts'

/** Measures of a drawing, in pixels. */
export const sizes = {
  cardWidth: 250,
  titleHeight: 32,
  lineHeight: 18,
  padding: 14,
  /** The row of exits at the bottom of a card, and the least room for each. */
  exitHeight: 26,
  exitWidth: 88,
  gapX: 40,
  gapY: 64,
  margin: 40,
} as const

const charactersPerLine = 33
const maxLines = 4

/** A card with its place. */
export interface PlacedCard extends Card {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly lines: readonly string[]
}

/**
 * Places cards in rows from the top down: nodes at about the same height on the canvas share a row, and in a row they
 * keep their order from left to right. Nothing overlaps, however closely the nodes were put.
 */
export function placed({ cards }: Picture): readonly PlacedCard[] {
  const sized = cards.map((card, index) => ({ card, index, ...sizeOf(card) }))
  const result: PlacedCard[] = []
  const leftmost = cards.reduce((least, { x }) => Math.min(least, x), Number.POSITIVE_INFINITY)
  let top: number = sizes.margin
  for (const row of rowsOf(sized)) {
    let left: number = sizes.margin
    for (const { card, index, width, height, lines } of row.toSorted((a, b) => a.card.x - b.card.x)) {
      left = Math.max(left, Math.round(sizes.margin + card.x - leftmost))
      result[index] = { ...card, left, top, width, height, lines }
      left += width + sizes.gapX
    }
    top += Math.max(...row.map(({ height }) => height)) + sizes.gapY
  }
  return result
}

/** True for cards that name their exits; a sole exit needs no name. */
export function namesExits({ exits }: Card): boolean {
  return exits.length > 1 || exits.some(({ to }) => to === undefined)
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

function sizeOf(card: Card): Pick<PlacedCard, 'width' | 'height' | 'lines'> {
  const lines = wrapped(card.body)
  const body = lines.length === 0 ? 0 : lines.length * sizes.lineHeight + sizes.padding
  return {
    lines,
    width: Math.max(sizes.cardWidth, card.exits.length * sizes.exitWidth),
    height: sizes.titleHeight + body + (namesExits(card) ? sizes.exitHeight : 0),
  }
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

/** A text cut to a number of characters, so that it stays within its room. */
export function shortened(text: string, maxCharacters: number): string {
  const characters = Array.from(text)
  return characters.length <= maxCharacters ? text : `${characters.slice(0, maxCharacters - 1).join('')}…`
}
