/**
 * A cell of a CSV file (RFC 4180) that no spreadsheet takes for a formula: what begins with one of the characters that
 * start one, in any width, gets an apostrophe before it, and so does a phone number, whose + and zeros would be lost.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: string | null): string {
  const text = value ?? ''
  const safe = /^[=+\-@\t\r\n\0＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",;\r\n\t']/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A line of cells, with its end. */
export function csvLine(values: readonly (string | null)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}
