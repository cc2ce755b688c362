/** How a value begins that a spreadsheet would take for a formula (OWASP, CSV injection), in the forms of all widths. */
const formula = /^['\s\0]*[=+\-@＝＋－＠\t\r]/

/** Phone numbers and other numbers begin with a sign and are none. */
const harmless = /^[+-]?\d+(?:[.,]\d+)?$/

/**
 * A value as a cell of a CSV file that no spreadsheet takes for a formula: an apostrophe stands before what begins like
 * one, and `withoutGuard` takes it away again.
 */
export function csvCell(value: string): string {
  const isGuarded = formula.test(value) && !harmless.test(value)
  const text = isGuarded ? `'${value}` : value
  return isGuarded || /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A value as it was before `csvCell` put an apostrophe before it. */
export function withoutGuard(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text
}

/** A line of a CSV file. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** Without the mark Excel takes UTF-8 for the code page of its country. */
export const csvMark = '\uFEFF'
