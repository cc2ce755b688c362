/** Counts drawings by what was drawn, for tests that put an empty object at `__renders` before the page starts. */
export function countRender(what: string): void {
  const { __renders: counts } = globalThis as { __renders?: Record<string, number> }
  if (counts) counts[what] = (counts[what] ?? 0) + 1
}
