import type { Json } from '@textloom/core'

/** A value as people read it: lists joined as Liquid does, objects as JSON instead of "[object Object]". */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(shown).join('')
  return typeof value === 'object' ? JSON.stringify(value as Json) : String(value)
}

/** A value as a component of a URL. */
export function encoded(value: unknown): string {
  return encodeURIComponent(shown(value).toWellFormed())
}
