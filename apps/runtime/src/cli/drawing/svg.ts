import type { NodeFamily } from '@textloom/core'
import { namesExits, type PlacedCard, placed, shortened, sizes } from './layout.ts'
import type { Picture } from './picture.ts'

const colours: Readonly<Record<NodeFamily, string>> = {
  start: '#2b8a3e',
  talk: '#1971c2',
  wait: '#d9730d',
  decide: '#6741d9',
  do: '#0b7285',
  people: '#c2255c',
  end: '#495057',
}

const style = [
  'text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#343a40}',
  '.title{font-weight:600}',
  '.exit{font-size:11.5px;fill:#495057;text-anchor:middle}',
  '.edge{fill:none;stroke:#868e96;stroke-width:1.6}',
  '.card{fill:#fff;stroke:#ced4da}',
].join('')

const tip =
  '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8Z" fill="#868e96"/></marker>'

/** A flow as an SVG picture that stands alone: cards in rows, arrows from exits to cards. */
export function toSvg(picture: Picture): string {
  const cards = placed(picture)
  const right = cards.reduce((most, { left, width }) => Math.max(most, left + width), 0)
  const bottom = cards.reduce((most, { top, height }) => Math.max(most, top + height), 0)
  // Arrows that lead back up pass on the right of everything.
  const width = right + 3 * sizes.margin
  const height = bottom + sizes.margin
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(picture.name)}</title>`,
    `<style>${style}</style><defs>${tip}</defs>`,
    `<rect width="${width}" height="${height}" fill="#f8f9fa"/>`,
    ...cards.flatMap((card) => edgesOf(card, cards)),
    ...cards.map(cardGroup),
    '</svg>',
  ].join('\n')}\n`
}

function cardGroup(card: PlacedCard): string {
  const { left, top, width, height, title, lines } = card
  const { titleHeight, lineHeight, padding } = sizes
  const colour = colours[card.family]
  const body = lines.map(
    (line, index) =>
      `<text x="${padding}" y="${titleHeight + padding + index * lineHeight - 4}">${escaped(line)}</text>`,
  )
  return [
    `<g transform="translate(${left} ${top})">`,
    `<rect class="card" width="${width}" height="${height}" rx="8"/>`,
    `<rect x="-2" y="8" width="5" height="${height - 16}" rx="2.5" fill="${colour}"/>`,
    `<text class="title" x="${padding}" y="21" style="fill:${colour}">${escaped(shortened(title, 32))}</text>`,
    ...body,
    ...exitsOf(card),
    '</g>',
  ].join('')
}

/** The exits along the bottom of a card: a full dot where an arrow leaves, an empty red one where none does. */
function exitsOf(card: PlacedCard): readonly string[] {
  const named = namesExits(card)
  const maxCharacters = Math.floor(card.width / card.exits.length / 7)
  return card.exits.map(({ label, to }, index) => {
    const x = exitX(card, index)
    const dot = to === undefined ? 'fill="#fff" stroke="#e03131" stroke-width="1.5"' : `fill="${colours[card.family]}"`
    const name = `<text class="exit" x="${x}" y="${card.height - 10}">${escaped(shortened(label, maxCharacters))}</text>`
    return `${named ? name : ''}<circle cx="${x}" cy="${card.height}" r="4" ${dot}/>`
  })
}

/** The middle of an exit's share of the bottom, from the left of its card. */
function exitX({ width, exits }: PlacedCard, index: number): number {
  return Math.round(((index + 0.5) * width) / exits.length)
}

function edgesOf(card: PlacedCard, cards: readonly PlacedCard[]): readonly string[] {
  return card.exits.flatMap(({ to }, index) => {
    const target = to === undefined ? undefined : cards[to]
    return target ? [`<path class="edge" marker-end="url(#tip)" d="${way(card, index, target)}"/>`] : []
  })
}

function way(card: PlacedCard, exit: number, target: PlacedCard): string {
  const x = card.left + exitX(card, exit)
  const y = card.top + card.height + 4
  const endX = target.left + Math.round(target.width / 2)
  const endY = target.top - 1
  if (endY > y) {
    const reach = Math.round(Math.max(28, Math.min(140, (endY - y) / 2)))
    return `M${x} ${y}C${x} ${y + reach} ${endX} ${endY - reach} ${endX} ${endY}`
  }
  // Back up: below its own card, along the right of both, and over the other card.
  const aside = Math.max(card.left + card.width, target.left + target.width) + 26 + 6 * exit
  return `M${x} ${y}C${x} ${y + 44} ${aside} ${y + 44} ${aside} ${y - 24}V${endY + 8}C${aside} ${endY - 52} ${endX} ${endY - 52} ${endX} ${endY}`
}

/** Text as XML takes it; control characters, which XML 1.0 §2.2 does not have, become spaces. */
function escaped(text: string): string {
  const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ').replace(/[&<>"]/g, (character) => entities[character] ?? '')
}
