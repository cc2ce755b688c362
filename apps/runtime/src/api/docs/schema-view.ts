import { html } from 'hono/html'
import { type Markup, prose } from '../pages/frame.ts'

/** A JSON Schema, as far as the page shows it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly title?: string
  readonly format?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly additionalProperties?: boolean | Schema
}

/** The schemas that have a name, by it. */
export type NamedSchemas = { readonly [name: string]: Schema }

/**
 * What a value must be: its type in words, and its fields below it. A named schema is opened where it is the whole
 * value; within another one it is linked.
 */
export function schemaView(schema: Schema, named: NamedSchemas): Markup {
  const whole = named[nameIn(schema.$ref) ?? ''] ?? schema
  const type = whole.properties === undefined ? typeOf(schema) : schema.$ref === undefined ? '' : reference(schema.$ref)
  return html`<ul class="fields"><li><span class="type">${type}</span>${says(whole)}${inner(whole)}</li></ul>`
}

/** The type of a value in a few words. */
export function typeOf(schema: Schema): Markup {
  const { $ref, type, items, enum: choices, format, minimum, maximum } = schema
  if ($ref !== undefined) return reference($ref)
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`
  if (choices !== undefined)
    return html`${choices.map((choice, index) => html`${index > 0 ? ' | ' : ''}<code>${JSON.stringify(choice)}</code>`)}`
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives !== undefined)
    return html`${alternatives.map((one, index) => html`${index > 0 ? ' or ' : ''}${typeOf(one)}`)}`
  if (items !== undefined) return html`list of ${typeOf(items)}`
  const [only, ...others] = typeof type === 'string' ? [type] : (type ?? ['any'])
  const range = minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''}…${maximum ?? ''}`
  return html`${[only, ...others].join(' or ')}${format === undefined ? '' : ` (${format})`}${range}`
}

function inner(schema: Schema): Markup | '' {
  const { properties, items } = schema
  if (schema.$ref !== undefined) return ''
  if (properties !== undefined) return fields(properties, schema.required ?? [])
  if (items !== undefined) return inner(items)
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])].filter(hasFields)
  return alternatives.length === 0 ? '' : html`${alternatives.map(alternative)}`
}

function alternative(schema: Schema): Markup {
  const kind = Object.entries(schema.properties ?? {}).find(
    ([, field]) => field.const !== undefined || field.enum?.length === 1,
  )
  const name = kind === undefined ? 'object' : `${kind[0]}: ${JSON.stringify(kind[1].const ?? kind[1].enum?.[0])}`
  return html`<details><summary><code>${name}</code></summary>${inner(schema)}</details>`
}

function fields(properties: { readonly [name: string]: Schema }, required: readonly string[]): Markup {
  return html`<ul class="fields">${Object.entries(properties).map(
    ([name, schema]) =>
      html`<li><code class="${required.includes(name) ? 'needed' : ''}">${name}</code><span class="type">${typeOf(schema)}</span>${says(schema)}${inner(schema)}</li>`,
  )}</ul>`
}

function says({ description, title, default: usual }: Schema): Markup | '' {
  const text = [title, description].filter((part) => part !== undefined).join(': ')
  const otherwise = usual === undefined ? '' : html` Default <code>${JSON.stringify(usual)}</code>.`
  return text === '' && otherwise === '' ? '' : html`<span class="says">${prose(text)}${otherwise}</span>`
}

function nameIn($ref: string | undefined): string | undefined {
  return /^#\/components\/schemas\/(.+)$/.exec($ref ?? '')?.[1]
}

function reference($ref: string): Markup {
  const name = nameIn($ref)
  return name === undefined ? html`<a href="${$ref}">${$ref}</a>` : html`<a href="#schema-${name}">${name}</a>`
}

function hasFields(schema: Schema): boolean {
  return schema.properties !== undefined || schema.items !== undefined
}
