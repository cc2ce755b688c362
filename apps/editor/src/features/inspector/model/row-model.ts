import type { Json, JsonObject } from '@textloom/core'
import type { Field, Row } from './field-model.ts'

/** What one entry of a list is called: `Options` holds an `option`. */
export function entryNoun({ title, row }: Pick<Field, 'title' | 'row'>): string {
  return row?.hasIds ? title.replace(/s$/, '').toLowerCase() : 'entry'
}

/** Entries that are begun by typing what they are called have a text of that meaning first. */
export function labelField({ fields, hasIds }: Row): Field | undefined {
  const [first] = fields
  return hasIds && first?.kind === 'text' ? first : undefined
}

/** A new entry: it says as little as it can and still fits its schema. */
export function blankEntry({ fields, hasIds }: Row, id: string): JsonObject {
  const values = fields.flatMap((field): [string, Json][] => (field.isOptional ? [] : [[field.key, blankValue(field)]]))
  return { ...(hasIds ? { id } : {}), ...Object.fromEntries(values) }
}

/** What tells an entry from others in labels: its text, or its number. */
export function entryName(entry: Json | undefined, row: Row, index: number): string {
  const label = labelField(row)
  const text = label && isObject(entry) ? entry[label.key] : undefined
  return typeof text === 'string' && text.trim() !== '' ? `“${text.trim()}”` : String(index + 1)
}

/** The id of an entry whose row keeps ids. */
export function entryId(entry: Json | undefined): string | undefined {
  return isObject(entry) && typeof entry.id === 'string' ? entry.id : undefined
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function blankValue({ kind, choices, placeholder, usual, min }: Field): Json {
  if (kind === 'number' || kind === 'weight') return usual ?? min ?? 0
  if (kind === 'words' || kind === 'list' || kind === 'templates') return []
  if (kind === 'choice') return choices?.[0]?.value ?? ''
  if (kind === 'operand' || kind === 'variable' || kind === 'contact-field') return placeholder ?? 'answer'
  return ''
}
