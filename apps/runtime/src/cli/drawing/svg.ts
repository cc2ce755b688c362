import type { NodeFamily } from '@textloom/core'
import { type PlacedCard, placed, shortened, sizes } from './layout.ts'
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
  '.exit{font-size:12px;fill:#495057;text-anchor:end}',
  '.edge{fill:none;stroke:#868e96;stroke-width:1.6}',
  '.card{fill:#fff;stroke:#dee2e6}',
].join('')

/** A flow as an SVG picture that stands alone: cards in rows, arrows from exits to cards. */
export function toSvg(picture: Picture): string {
  const cards = placed(picture)
  const right = Math.max(0, ...cards.map(({ left }) => left + sizes.cardWidth))
  const bottom = Math.max(0, ...cards.map(({ top, height }) => top + height))
  // Arrows that lead back up pass on the right of everything they go around.
  const width = right + 3 * sizes.margin
  const height = bottom + sizes.margin
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(picture.name)}</title>`,
    `<style>${style}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8Z" fill="#868e96"/></marker></defs>',
    `<rect width="${width}" height="${height}" fill="#f8f9fa"/>`,
    ...cards.flatMap((card) => edgesOf(card, cards)),
    ...cards.map(cardGroup),
    '</svg>',
  ].join('\n')}\n`
}

function cardGroup({ left, top, height, title, family, lines, rows }: PlacedCard): string {
  const { cardWidth, titleHeight, lineHeight, padding } = sizes
  const colour = colours[family]
  const body = lines.map(
    (line, index) =>
      `<text x="${padding + 4}" y="${titleHeight + padding + index * lineHeight}">${escaped(line)}</text>`,
  )
  const exits = rows.flatMap(({ label, to }, index) => {
    const y = exitY({ height, rows }, index)
    const dot = to === undefined ? 'fill="#fff" stroke="#e03131"' : `fill="${colour}"`
    return [
      `<text class="exit" x="${cardWidth - padding}" y="${y + 4}">${escaped(shortened(label, 32))}</text>`,
      `<circle cx="${cardWidth}" cy="${y}" r="4" ${dot}/>`,
    ]
  })
  return [
    `<g transform="translate(${left} ${top})">`,
    `<rect class="card" width="${cardWidth}" height="${height}" rx="8"/>`,
    `<path d="M8 0H4Q0 0 0 8V${height - 8}Q0 ${height} 4 ${height}Z" fill="${colour}"/>`,
    `<text class="title" x="${padding + 4}" y="20" style="fill:${colour}">${escaped(shortened(title, 32))}</text>`,
    ...body,
    ...exits,
    '</g>',
  ].join('')
}

/** The middle of an exit's row, from the top of its card. */
function exitY({ height, rows }: Pick<PlacedCard, 'height' | 'rows'>, index: number): number {
  return height - sizes.padding / 2 - (rows.length - index - 0.5) * sizes.exitHeight
}

function edgesOf(card: PlacedCard, cards: readonly PlacedCard[]): readonly string[] {
  return card.exits.flatMap(({ to }, index) => {
    const target = to === undefined ? undefined : cards[to]
    return target ? [`<path class="edge" marker-end="url(#tip)" d="${way(card, index, target)}"/>`] : []
  })
}

function way(card: PlacedCard, exit: number, target: PlacedCard): string {
  const isRow = card.rows.length > 0
  const x = card.left + (isRow ? sizes.cardWidth + 4 : sizes.cardWidth / 2)
  const y = card.top + (isRow ? exitY(card, exit) : card.height)
  const endX = target.left + sizes.cardWidth / 2
  const endY = target.top - 2
  const reach = Math.max(36, Math.min(120, Math.abs(endY - y) / 2))
  const leave = isRow ? `${x + reach} ${y}` : `${x} ${y + reach}`
  if (endY > y) return `M${x} ${y}C${leave} ${endX} ${endY - reach} ${endX} ${endY}`
  const aside = Math.max(card.left, target.left) + sizes.cardWidth + sizes.margin + 8 * exit
  const middle = (y + endY) / 2
  return `M${x} ${y}C${leave} ${aside} ${y + (isRow ? 0 : 36)} ${aside} ${middle}S${endX} ${endY - 48} ${endX} ${endY}`
}

/** Text as XML takes it; control characters, which XML 1.0 §2.2 does not have, are left out. */
function escaped(text: string): string {
  const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ').replace(/[&<>"]/g, (character) => entities[character] ?? '')
}
