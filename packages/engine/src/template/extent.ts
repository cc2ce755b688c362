import { countSegments } from '@textloom/sms'
import { Output, type Template, TokenKind } from 'liquidjs'
import { parse } from './liquid.ts'

/** What a text comes to at the least and at the most, with stand-ins for what is filled in. */
export interface Extent {
  readonly shortest: string
  readonly longest: string
}

/** A value that is filled in: at the least a letter, at the most a long name. */
const briefValue = 'x'
const longValue = 'x'.repeat(20)
const nothing: Extent = { shortest: '', longest: '' }

/**
 * How short and how long a text can be: of its conditions the branch that costs least and the one that costs most.
 * Loops are taken as gone round not at all and once.
 * @throws TemplateError when the template cannot be read
 */
export function textExtent(template: string): Extent {
  return joined(parse('text', template).map(extentOf))
}

/** What liquidjs keeps in the tags that choose or repeat. */
interface Branching {
  readonly branches?: readonly { readonly templates: readonly Template[] }[]
  readonly templates?: readonly Template[]
  readonly elseTemplates?: readonly Template[]
}

/** Tags whose content is not shown where they stand. */
const silent: ReadonlySet<string> = new Set(['capture', 'assign', 'comment'])

function extentOf(template: Template): Extent {
  if (template instanceof Output) return { shortest: briefValue, longest: longValue }
  if (template.token.kind === TokenKind.HTML) {
    const { str: text } = template as unknown as { readonly str: string }
    return { shortest: text, longest: text }
  }
  const { branches, templates, elseTemplates = [] } = template as unknown as Branching
  const name = (template.token as { readonly name?: string }).name ?? ''
  if (silent.has(name)) return nothing
  if (branches) return chosen([...branches.map((branch) => branch.templates), elseTemplates])
  if (templates) return chosen([templates, elseTemplates])
  return nothing
}

function chosen(alternatives: readonly (readonly Template[])[]): Extent {
  const extents = alternatives.map((templates) => joined(templates.map(extentOf)))
  const least = extents.map(({ shortest }) => shortest).sort(byCost)
  const most = extents.map(({ longest }) => longest).sort(byCost)
  return { shortest: least[0] ?? '', longest: most.at(-1) ?? '' }
}

function joined(parts: readonly Extent[]): Extent {
  return {
    shortest: parts.map(({ shortest }) => shortest).join(''),
    longest: parts.map(({ longest }) => longest).join(''),
  }
}

function byCost(one: string, other: string): number {
  return countSegments(one).segments - countSegments(other).segments || one.length - other.length
}
