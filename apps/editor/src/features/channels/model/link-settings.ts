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
      const isEmpty = value === undefined || value === null || value === ''
      return isEmpty ? [] : [[field.name, typeof value === 'string' && field.kind === 'text' ? value.trim() : value]]
    }),
  )
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
