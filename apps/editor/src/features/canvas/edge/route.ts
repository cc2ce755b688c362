/** A corner of an edge. */
export interface Corner {
  readonly x: number
  readonly y: number
}

/** Where an edge leaves and arrives, in canvas pixels. */
export interface Ends {
  /** Middle of the exit's right edge, or of the card's foot for a card with one exit. */
  readonly source: Corner
  /** Middle of the target's upper edge. */
  readonly target: Corner
  /** The exit leaves at the foot (downwards) or at the sides. */
  readonly leaves: 'foot' | 'side'
  readonly cardWidthPx: number
  /** How far from the card an edge runs when it has to go around: exits further up keep further out. */
  readonly clearancePx: number
}

/** Room an edge keeps above the card it arrives at. */
const arrivalPx = 26

/** The corners of an edge: straight lines with right angles, out at the side that is nearer to the target. */
export function route({ source, target, leaves, cardWidthPx, clearancePx }: Ends): Corner[] {
  return leaves === 'foot'
    ? fromFoot(source, target, cardWidthPx, clearancePx)
    : fromSide(source, target, cardWidthPx, clearancePx)
}

function fromFoot(source: Corner, target: Corner, cardWidthPx: number, clearancePx: number): Corner[] {
  const gap = target.y - source.y
  if (gap >= 2 * 16) {
    if (Math.abs(source.x - target.x) < 1) return [source, target]
    const y = gap < 2 * arrivalPx ? source.y + gap / 2 : target.y - arrivalPx
    return [source, { x: source.x, y }, { x: target.x, y }, target]
  }
  // The target is beside or above: down a little, around one of the two, and in from above.
  const down = source.y + 20
  const up = target.y - arrivalPx
  const out = cardWidthPx / 2 + clearancePx
  const isBeside = Math.abs(source.x - target.x) > cardWidthPx + 2 * clearancePx
  const middle = isBeside ? (source.x + target.x) / 2 : Math.max(source.x, target.x) + out
  return [
    source,
    { x: source.x, y: down },
    { x: middle, y: down },
    { x: middle, y: up },
    { x: target.x, y: up },
    target,
  ]
}

function fromSide(right: Corner, target: Corner, cardWidthPx: number, clearancePx: number): Corner[] {
  const centre = right.x - cardWidthPx / 2
  const goesLeft = target.x < centre
  const source = goesLeft ? { x: right.x - cardWidthPx, y: right.y } : right
  const out = goesLeft ? source.x - clearancePx : source.x + clearancePx
  const isPast = goesLeft ? target.x <= out : target.x >= out
  const isBelow = target.y - arrivalPx >= source.y
  if (isPast && isBelow) return [source, { x: target.x, y: source.y }, target]
  const y = target.y - arrivalPx
  return [source, { x: out, y: source.y }, { x: out, y }, { x: target.x, y }, target]
}

/** The SVG path through corners, rounded. */
export function roundedPath(corners: readonly Corner[], radiusPx = 10): string {
  const [first, ...rest] = corners
  if (!first) return ''
  const parts = [`M ${first.x} ${first.y}`]
  for (const [index, corner] of rest.entries()) {
    const before = corners[index]
    const after = rest[index + 1]
    if (!before || !after) {
      parts.push(`L ${corner.x} ${corner.y}`)
      continue
    }
    const radius = Math.min(radiusPx, distance(before, corner) / 2, distance(corner, after) / 2)
    const into = towards(corner, before, radius)
    const outOf = towards(corner, after, radius)
    parts.push(`L ${into.x} ${into.y}`, `Q ${corner.x} ${corner.y} ${outOf.x} ${outOf.y}`)
  }
  return parts.join(' ')
}

/** The point halfway along the corners, where an edge's tools and label stand. */
export function middleOf(corners: readonly Corner[]): Corner {
  const lengths = corners.slice(1).map((corner, index) => distance(corners[index] ?? corner, corner))
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2
  for (const [index, length] of lengths.entries()) {
    const [from, to] = [corners[index], corners[index + 1]]
    if (from && to && left <= length) return towards(from, to, left)
    left -= length
  }
  return corners[0] ?? { x: 0, y: 0 }
}

/** The middle of the last level stretch, where it is plain which edge a label belongs to. */
export function lastStretch(corners: readonly Corner[]): Corner {
  const index = corners.findLastIndex((corner, place) => place > 0 && corner.y === corners[place - 1]?.y)
  const [from, to] = [corners[index - 1], corners[index]]
  return from && to ? { x: (from.x + to.x) / 2, y: to.y } : middleOf(corners)
}

function distance(from: Corner, to: Corner): number {
  return Math.abs(from.x - to.x) + Math.abs(from.y - to.y)
}

function towards(from: Corner, to: Corner, byPx: number): Corner {
  const length = distance(from, to)
  if (length === 0) return from
  return { x: from.x + ((to.x - from.x) * byPx) / length, y: from.y + ((to.y - from.y) * byPx) / length }
}
