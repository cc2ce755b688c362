/** How well any text fits: better than not at all, and less than any keyword. */
export function scoreOf(): number {
  return 1
}
