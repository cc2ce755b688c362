/** Templates remembered per dialect: the live ones of some dozens of large flows. */
const usualMax = 5_000

/** Remembers what `parse` made of the texts used last. What throws is not remembered. */
export function parseCache<Parsed>(parse: (text: string) => Parsed, max = usualMax): (text: string) => Parsed {
  const entries = new Map<string, Parsed>()
  return (text) => {
    const known = entries.get(text)
    if (known !== undefined) return known
    const parsed = parse(text)
    // First in, first out: a template in use is parsed again soon enough, and a hit costs nothing.
    if (entries.size >= max) entries.delete(entries.keys().next().value ?? '')
    entries.set(text, parsed)
    return parsed
  }
}
