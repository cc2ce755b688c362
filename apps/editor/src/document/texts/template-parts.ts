/** A piece of a text with variables. Offsets are UTF-16 code units. */
export interface TemplatePart {
  /** `text` as it is sent, an `output` such as `{{ contact.name }}`, a `tag` such as `{% if … %}`. */
  readonly kind: 'text' | 'output' | 'tag'
  readonly source: string
  readonly from: number
  readonly to: number
}

/** Takes a template apart. The pieces joined are the template; braces that are not closed are text. */
export function templateParts(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  let end = 0
  const add = (kind: TemplatePart['kind'], from: number, to: number): void => {
    if (to > from) parts.push({ kind, source: template.slice(from, to), from, to })
  }
  for (const { 0: source, index } of template.matchAll(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g)) {
    add('text', end, index)
    end = index + source.length
    add(source.startsWith('{%') ? 'tag' : 'output', index, end)
  }
  add('text', end, template.length)
  return parts
}

/** The path that an output shows and nothing else: `contact.name` of `{{ contact.name }}`; undefined for filters. */
export function simplePath(output: string): string | undefined {
  return /^\{\{-?\s*(?<path>[A-Za-z_](?:[\w-]*\w)?(?:\.[A-Za-z_](?:[\w-]*\w)?|\[\d+\])*)\s*-?\}\}$/.exec(output)?.groups
    ?.path
}

/** The first path that an output reads, whatever is done to it. */
export function firstPath(output: string): string | undefined {
  return /^\{\{-?\s*(?<path>[A-Za-z_](?:[\w-]*\w)?(?:\.[A-Za-z_](?:[\w-]*\w)?|\[\d+\])*)/.exec(output)?.groups?.path
}
