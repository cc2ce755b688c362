import type { Json, JsonObject } from '@textloom/core'
import type { Draft } from 'immer'
import { type Field, shownFields } from './field-model.ts'

/**
 * Sets a field and keeps the rest of the form true to it: fields that no longer belong to it go, and a list that now
 * does begins empty, so that its first entry can be added. Other fields are left out until somebody fills them in.
 */
export function setField(
  data: Draft<JsonObject>,
  fields: readonly Field[],
  key: string,
  value: Json | undefined,
): void {
  const holder = data as Record<string, Json | undefined>
  if (value === undefined) delete holder[key]
  else holder[key] = value
  const formerly = fields.find((field) => field.key === key)?.formerly
  if (formerly) delete holder[formerly.field]
  if (!fields.some(({ shownWhen = {} }) => key in shownWhen)) return
  const shown = new Set(shownFields(fields, data as JsonObject))
  for (const field of fields) {
    if (!shown.has(field)) delete holder[field.key]
    else if (field.kind === 'list' && field.shownWhen && holder[field.key] === undefined) holder[field.key] = []
  }
}

/** Whether other fields come and go with this one, or it takes the place of an earlier one: then it is changed by `setField`, in one step with them. */
export function governs(fields: readonly Field[], key: string): boolean {
  return fields.some(
    ({ key: own, shownWhen = {}, formerly }) => key in shownWhen || (own === key && formerly !== undefined),
  )
}
