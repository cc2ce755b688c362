/** A stretch of the drawing, in its own pixels. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/**
 * Where the left edge of a drawing comes to lie so that all of it is in the middle of a view, as far as the part that
 * matters stays in sight; undefined where that part is wider than the view.
 * @param roomPx kept free on either side of that part
 */
export function centredAround(
  { all, part }: { readonly all: Stretch; readonly part: Stretch },
  { zoom, viewPx, roomPx = 24 }: { readonly zoom: number; readonly viewPx: number; readonly roomPx?: number },
): number | undefined {
  const least = roomPx - part.from * zoom
  const most = viewPx - roomPx - part.to * zoom
  if (least > most) return undefined
  return Math.min(most, Math.max(least, viewPx / 2 - ((all.from + all.to) / 2) * zoom))
}
