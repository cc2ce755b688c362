/**
 * The moment (epoch milliseconds) that a text of ISO 8601 with a zone names, as programs write them; undefined for all
 * that people write, whose days and hours are those of their own zone.
 */
export function readInstant(text: string): number | undefined {
  if (!/^\s*\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)\s*$/.test(text)) return undefined
  const epochMs = Date.parse(text.trim())
  return Number.isNaN(epochMs) ? undefined : epochMs
}
