/** Templates remembered per dialect: the live ones of some dozens of large flows. */
const maxEntries = 5_000

/** Remembers what `parse` made of the templates used last. What throws is not remembered. */
export function parseCache<Parsed>(parse: (template: string) => Parsed): (template: string) => Parsed {
  const entries = new Map<string, Parsed>()
  return (template) => {
    const known = entries.get(template)
    if (known !== undefined) return known
    const parsed = parse(template)
    // First in, first out: a template in use is parsed again soon enough, and a hit costs nothing.
    if (entries.size >= maxEntries) entries.delete(entries.keys().next().value ?? '')
    entries.set(template, parsed)
    return parsed
  }
}
