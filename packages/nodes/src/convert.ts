import { foldBare, type Json, type ValueType } from '@textloom/core'
import { readNumber } from './number-text.ts'

/** A value as a variable of the given type holds it; undefined when it cannot be one. Null stays null: "no value". */
export function convert(value: Json, type: ValueType): Json | undefined {
  if (value === null || type === 'json') return value
  if (type === 'text') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (type === 'number') return toNumber(value)
  return toBoolean(value)
}

function toNumber(value: Json): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? readNumber(value) : undefined
}

function toBoolean(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = typeof value === 'string' || typeof value === 'number' ? foldBare(String(value)) : ''
  if (['true', 'yes', '1'].includes(word)) return true
  return ['false', 'no', '0'].includes(word) ? false : undefined
}
