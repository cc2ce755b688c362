/** Columns of a list that travels as one JSON parameter: name → PostgreSQL type. */
export type Columns = { readonly [column: string]: string }

/** `json_to_recordset($1::text::json) as alias(bucket int, …)`: the list as a table. */
export function recordset(placeholder: number, alias: string, columns: Columns): string {
  const list = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
  // Through text: drivers would otherwise turn the JSON text into a JSON string.
  return `json_to_recordset($${placeholder}::text::json) as ${alias}(${list.join(', ')})`
}

/** `bucket, channel, …` */
export function names(columns: Columns): string {
  return Object.keys(columns).join(', ')
}

/** `a.bucket = b.bucket and a.channel = b.channel …` */
export function sameKey(a: string, b: string, columns: readonly string[]): string {
  return columns.map((column) => `${a}.${column} = ${b}.${column}`).join(' and ')
}

/**
 * Rows of table `a` that have the key of `b`: looked up in the index on `columns`, whatever the planner thinks of the
 * table. `= any` is asked of an index as `=` is, but gives no order: for the sake of an order the planner reads an
 * index from end to end where the table was tiny when it was last analysed.
 */
export function lookedUp(a: string, b: string, columns: readonly string[]): string {
  return columns.map((column) => `${a}.${column} = any (array[${b}.${column}])`).join(' and ')
}

/**
 * A condition on rows that are addressed by their key. Written as CASE so that the planner does not take it for
 * selective: statements are planned while tables are empty, and it would then find it cheaper to read all rows that
 * fulfil the condition than to look up those that are named.
 */
export function butOnlyIf(condition: string): string {
  return `case when ${condition} then true else false end`
}

/** Epoch milliseconds as PostgreSQL reads them. */
export function iso(at: number): string {
  // The rows of a batch have a few times between them, and writing one out is dearer than looking it up.
  const place = at & (REMEMBERED - 1)
  const before = written[place]
  if (before?.at === at) return before.text
  const text = new Date(at).toISOString()
  written[place] = { at, text }
  return text
}

const REMEMBERED = 64
const written: { readonly at: number; readonly text: string }[] = []

/** As `iso`, for times that may be absent. */
export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at)
}
