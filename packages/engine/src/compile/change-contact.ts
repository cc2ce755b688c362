import { type ContactChange, changedContact, isZone, type Json, type JsonObject } from '@textloom/core'
import { renderJson, renderText, type TemplateScope } from '../template.ts'
import type { MachineContext } from './machine-context.ts'

/** The action by which nodes change the contact; an effect of the kind `contact` follows it and tells the host. */
export const changeContactAction = 'contact.change'

/**
 * What the action changes in the context of a machine: the contact, for the nodes that follow in the same step, and the
 * change itself, for the effect that follows.
 * @throws TemplateError, or Error when the change comes to nothing that can be kept
 */
export function changeContact(
  context: MachineContext,
  { change: template }: JsonObject,
  scope: TemplateScope,
): Pick<MachineContext, 'contact' | 'change'> {
  const change = rendered(template as JsonObject, scope)
  for (const [key, value] of Object.entries(change)) {
    if (key === 'value' || (typeof value === 'string' && value.trim() !== '')) continue
    throw new Error(`The ${key} of the contact would be empty.`)
  }
  if ('timezone' in change && !isZone(change.timezone)) {
    throw new Error(`"${change.timezone}" is no time zone. Write one such as Europe/Budapest.`)
  }
  return { contact: changedContact(context.contact, change), change }
}

/** Only the value of a field has a type of its own; everything else of a contact is text. */
function rendered(template: JsonObject, scope: TemplateScope): ContactChange {
  const parts = Object.entries(template).map(([key, value]): [string, Json] => [
    key,
    key === 'value' ? renderJson(value, scope) : renderText(String(value), scope).trim(),
  ])
  return Object.fromEntries(parts) as unknown as ContactChange
}
