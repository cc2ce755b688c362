/** What a placeholder stands for; undefined where this MT has no such thing. */
export type PlaceholderValue = string | number | boolean | readonly string[] | undefined

/** The value of each placeholder for one MT. */
export type Values = Readonly<Record<string, PlaceholderValue>>

/** A body before it is filled: JSON whose texts may hold placeholders. */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [name: string]: Template }

/** A body that is filled. */
export type Filled = string | number | boolean | null | readonly Filled[] | { readonly [name: string]: Filled }

const placeholder = /\{\{\s*([A-Za-z]*)\s*\}\}/g
const lonePlaceholder = /^\{\{\s*([A-Za-z]*)\s*\}\}$/

/** The names of all placeholders in a template, each once. */
export function placeholdersIn(template: Template): readonly string[] {
  if (typeof template === 'string')
    return [...new Set([...template.matchAll(placeholder)].map(([, name = '']) => name))]
  if (typeof template !== 'object' || template === null) return []
  return [...new Set(Object.values(template).flatMap((inner: Template) => placeholdersIn(inner)))]
}

/**
 * Fills a body. A text that is one placeholder and nothing else becomes its value (a number stays one, a list becomes a
 * list); a field with a placeholder that this MT has nothing for is left out. Values are data: none is read as a template.
 */
export function fill(template: Template, values: Values): Filled | undefined {
  if (typeof template === 'string') {
    const [, lone] = lonePlaceholder.exec(template) ?? []
    return lone === undefined ? fillText(template, values) : valueAt(values, lone)
  }
  if (typeof template !== 'object' || template === null) return template
  if (Array.isArray(template)) return template.flatMap((inner) => fill(inner, values) ?? [])
  const entries = Object.entries(template).flatMap(([name, inner]): [string, Filled][] => {
    const filled = fill(inner, values)
    return filled === undefined ? [] : [[name, filled]]
  })
  return Object.fromEntries(entries)
}

/** Fills a text; undefined where this MT has nothing for one of its placeholders. `escaped` makes a value fit its place. */
export function fillText(
  template: string,
  values: Values,
  escaped: (value: string) => string = (value) => value,
): string | undefined {
  let isWhole = true
  const text = template.replaceAll(placeholder, (_whole, name: string) => {
    const value = valueAt(values, name)
    if (value === undefined) isWhole = false
    return escaped(Array.isArray(value) ? value.join(' ') : String(value ?? ''))
  })
  return isWhole ? text : undefined
}

function valueAt(values: Values, name: string): PlaceholderValue {
  return Object.hasOwn(values, name) ? values[name] : undefined
}
