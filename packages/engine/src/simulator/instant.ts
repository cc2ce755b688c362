/**
 * Epoch milliseconds of a moment such as `2026-01-01T12:00:00.000Z`, `2026-01-01T13:00+01:00` or `2026-01-01`, which is
 * its first moment in UTC (RFC 3339 §5.6; seconds may be left out). A time of day without an offset from UTC is refused:
 * it would depend on the machine.
 * @throws RangeError with a sentence for the person who wrote it
 */
export function parseInstant(text: string): number {
  const isShaped = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
  const instant = isShaped ? Date.parse(text) : Number.NaN
  if (Number.isNaN(instant)) {
    throw new RangeError(`${JSON.stringify(text)} is not a moment: write it in UTC, as in 2026-01-01T12:00:00.000Z.`)
  }
  return instant
}
