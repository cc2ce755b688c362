import type { Json } from '@textloom/core'

/** A value as the text that predicates on text look at: the items of a list are words side by side. */
export function textOf(value: Json): string {
  if (value === null) return ''
  if (isList(value)) return value.map(textOf).join(' ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/** Nothing, or nothing in it: null, a text of space, an empty list. */
export function isEmpty(value: Json): boolean {
  if (value === null) return true
  if (typeof value === 'object') return Object.keys(value).length === 0
  return textOf(value).trim() === ''
}
