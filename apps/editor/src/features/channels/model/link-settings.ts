import type { LinkField } from './link-fields.ts'

/** The settings of a link while they are edited, by name; empty for what is left out. */
export type Settings = Readonly<Record<string, unknown>>

/**
 * The settings as they are sent: what was left empty is left out, so that the usual value holds, and a secret that was
 * not typed stays as it is stored.
 */
export function settingsOf(fields: readonly LinkField[], settings: Settings): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      const value = field.kind === 'group' ? groupValue(field, settings[field.name]) : settings[field.name]
      const sent = tidied(field, value)
      return isEmpty(sent) ? [] : [[field.name, sent]]
    }),
  )
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** A name and what it stands for. */
export type Pair = readonly [name: string, meaning: string]

/** A record line by line; lines that are being typed are such lines already. */
export function pairsOf(value: unknown): readonly Pair[] {
  if (Array.isArray(value)) return value as readonly Pair[]
  return isSettings(value) ? Object.entries(value).map(([name, meaning]) => [name, String(meaning)]) : []
}

/** The record that lines make; those without a name say nothing. */
function recordOf(pairs: readonly Pair[]): Record<string, string> | undefined {
  const named = pairs.map(([name, meaning]) => [name.trim(), meaning.trim()] as const).filter(([name]) => name !== '')
  return named.length === 0 ? undefined : Object.fromEntries(named)
}

/** Text without blanks around it; lines as a record; JSON as what it says, or as it was typed where it says nothing. */
function tidied({ kind, isSecret }: LinkField, value: unknown): unknown {
  // Of secrets that are stored only those are kept that are named.
  if (kind === 'pairs') return recordOf(pairsOf(value)) ?? (isSecret && value !== undefined ? {} : undefined)
  if (typeof value !== 'string') return value
  if (kind === 'text') return value.trim()
  return kind === 'json' ? parsedOr(value) : value
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A value as JSON for people; what is being typed stays as it is. */
export function jsonText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** What is wrong with JSON that is being typed; undefined for nothing. */
export function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined
  const value = parsedOr(text)
  if (isSettings(value)) return undefined
  return 'This is not JSON yet: names and texts in quotation marks, as in {"to": "{{to}}"}.'
}

/** Off, on, or on with more said about it. */
function groupValue({ fields }: LinkField, value: unknown): unknown {
  if (!isSettings(value)) return value
  const told = settingsOf(fields, value)
  return Object.keys(told).length === 0 ? true : told
}

/** True for an object of settings. */
export function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
