/** The list with one entry at another place; the same list when that is none. */
export function moved<Item>(list: readonly Item[], from: number, to: number): readonly Item[] {
  const item = list[from]
  if (item === undefined || from === to || to < 0 || to >= list.length) return list
  const rest = list.toSpliced(from, 1)
  return rest.toSpliced(to, 0, item)
}

/**
 * Where an entry that is dragged comes to lie: past every neighbour whose middle it has crossed. `heights` are those of
 * the entries in pixels, `byPx` how far the entry was dragged, downwards positive.
 */
export function dropIndex(heights: readonly number[], from: number, byPx: number): number {
  let to = from
  let crossed = 0
  const step = byPx < 0 ? -1 : 1
  for (let next = from + step; next >= 0 && next < heights.length; next += step) {
    const height = heights[next] ?? 0
    if (Math.abs(byPx) < crossed + height / 2) break
    crossed += height
    to = next
  }
  return to
}
