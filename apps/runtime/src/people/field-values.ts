import type { Json } from '@textloom/core'
import type { FieldDefinition } from './fields.ts'

/** A value as its field keeps it, or what is wrong with it. */
export type ReadValue = { readonly value: Json } | { readonly problem: string }

/**
 * Reads a value of a field as people and files write it: "31" for a number, "yes" for a yes-no, `2026-03-05 9:30` for a
 * date, a choice in any case. Null and an empty text clear.
 */
export function readFieldValue(field: FieldDefinition, value: Json): ReadValue {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return { value: null }
  const text = typeof value === 'string' ? value.trim() : String(value)
  if (typeof value === 'object') return { problem: `${field.title} is a ${field.type}, not a list or an object.` }
  switch (field.type) {
    case 'text':
      if (text.length > MOST_CHARACTERS) return { problem: `${field.title} has at most ${MOST_CHARACTERS} characters.` }
      return { value: text }
    case 'number': {
      if (!/^[+-]?\d{1,15}(?:\.\d{1,10})?$/.test(text))
        return { problem: `${field.title} is a number such as 18 or 2.5, not "${text}".` }
      return { value: Number(text) }
    }
    case 'yes-no': {
      const word = text.toLowerCase()
      if (['yes', 'true', '1'].includes(word)) return { value: true }
      if (['no', 'false', '0'].includes(word)) return { value: false }
      return { problem: `${field.title} is yes or no, not "${text}".` }
    }
    case 'choice': {
      const found = field.choices.find((choice) => choice.toLowerCase() === text.toLowerCase())
      if (found !== undefined) return { value: found }
      return {
        problem: `${field.title} is one of ${field.choices.map((choice) => `"${choice}"`).join(', ')}, not "${text}".`,
      }
    }
    case 'date':
      return readDateValue(field, text)
  }
}

/** Most characters of a text in a field. */
const MOST_CHARACTERS = 10_000

/** `2026-03-05` or `2026-03-05T09:30`: what a clock shows where the contact is. */
function readDateValue({ title }: FieldDefinition, text: string): ReadValue {
  const [, year, month, day, hour, minute] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d\d)(?::\d\d)?)?$/i.exec(text) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isDay = year !== undefined && date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day)
  if (!isDay || Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59) {
    return { problem: `${title} is a date such as 2026-03-05 or 2026-03-05 09:30, not "${text}".` }
  }
  const two = (number: string | undefined) => String(number).padStart(2, '0')
  const written = `${year}-${two(month)}-${two(day)}`
  return { value: hour === undefined ? written : `${written}T${two(hour)}:${two(minute)}` }
}
