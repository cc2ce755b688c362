import type { FlowParam, Json } from '@textloom/core'
import type { Scenario } from '../../../worker/play-conversation.ts'

/** The scenario as its form has it: everything is text. */
export interface ContactForm {
  readonly phone: string
  readonly name: string
  readonly language: string
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly params: { readonly [name: string]: string }
  /** `2026-01-01T12:00`, UTC. */
  readonly startsAt: string
}

/** When a conversation begins unless somebody says otherwise: the engine's own time. */
const usualStart = Date.UTC(2026, 0, 1, 12)

/** Opens the form. */
export function formOfScenario(
  { contact = {}, params = {}, now }: Scenario,
  declared: readonly FlowParam[],
): ContactForm {
  return {
    phone: contact.phone ?? '',
    name: contact.name ?? '',
    language: contact.language ?? '',
    fields: Object.entries(contact.fields ?? {}).map(([name, value]) => [name, asText(value as Json)]),
    params: Object.fromEntries(declared.map(({ name }) => [name, asText(params[name])])),
    startsAt: new Date(now ?? usualStart).toISOString().slice(0, 16),
  }
}

/** Reads the form; what was left empty is left out, so that what is usual applies. */
export function scenarioOfForm(form: ContactForm, before: Scenario, declared: readonly FlowParam[]): Scenario {
  const { contact: beforeContact, now: _n, params: _p, ...others } = before
  const groups = beforeContact?.groups
  const fields = Object.fromEntries(
    form.fields.filter(([name]) => name.trim() !== '').map(([name, value]) => [name.trim(), value]),
  )
  const contact = {
    ...(form.phone.trim() === '' ? {} : { phone: form.phone.trim() }),
    ...(form.name.trim() === '' ? {} : { name: form.name.trim() }),
    ...(form.language.trim() === '' ? {} : { language: form.language.trim() }),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(groups === undefined ? {} : { groups }),
  }
  const params = Object.fromEntries(
    declared.flatMap((param): [string, Json][] => {
      const text = form.params[param.name] ?? ''
      return text === '' ? [] : [[param.name, typed(text, param.type)]]
    }),
  )
  const now = Date.parse(`${form.startsAt}Z`)
  return {
    ...others,
    ...(Object.keys(contact).length === 0 ? {} : { contact }),
    ...(Object.keys(params).length === 0 ? {} : { params }),
    ...(Number.isNaN(now) || now === usualStart ? {} : { now }),
  }
}

function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A value as its type wants it; the text itself where it does not fit. */
function typed(text: string, type: FlowParam['type']): Json {
  if (type === 'text') return text
  try {
    const value = JSON.parse(text) as Json
    return type === 'json' || typeof value === type ? value : text
  } catch {
    return text
  }
}
