/*
 * One mapping of values for all engines: what a driver makes of `bigint`, `json` and times is decided here and
 * nowhere else.
 */

/** `bigint` as a number. @throws RangeError beyond ±2^53, where a number would silently be another one */
export function exactNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond what a number holds exactly`)
  return value
}

/** A parameter of type `json` or `jsonb`: text is JSON already, anything else is written as JSON. */
export function jsonText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A parameter of type `timestamptz`. */
export function timeText(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value)
}
