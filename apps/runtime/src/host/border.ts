/**
 * A text as the database can hold it: U+0000 and unpaired surrogates, which PostgreSQL refuses, become U+FFFD. The
 * octets as they came are kept elsewhere (`rawHex`).
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}

/** As `storable`, for every string of a JSON value, keys included: what HTTP answers and API calls bring. */
export function storableJson<Value>(value: Value): Value {
  // Cheaper than walking: nearly every value is clean, and a JSON text shows both defects as escapes.
  const text = JSON.stringify(value)
  if (text === undefined || !/\\u(?:0000|d[89a-f])/i.test(text)) return value
  return JSON.parse(text, (_key, inner) => (typeof inner === 'string' ? storable(inner) : storableKeys(inner)))
}

function storableKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), inner]))
}
