import type { Json } from '@textloom/core'
import { shown } from '../shown.ts'
import { type FilterGroup, placed } from './filter.ts'

/** JSON in and out. */
export const dataFilters: FilterGroup = {
  to_json: placed(
    {
      usage: 'to_json',
      summary: 'A value as JSON, for the bodies of requests.',
      examples: [['{{ vars.items | to_json }}', '["tea","cake"]']],
      takes: 'anything',
      gives: 'text',
    },
    ({ charge }, value) => {
      const text = JSON.stringify(value ?? null) ?? 'null'
      charge(text.length)
      return text
    },
  ),
  parse_json: placed(
    {
      usage: 'parse_json',
      summary: 'What a JSON text holds: at most 10,000 characters and 20 levels. Anything else comes to nothing.',
      examples: [
        ['{% assign order = \'{"id": 7}\' | parse_json %}{{ order.id }}', '7'],
        ['[{{ "oops" | parse_json }}]', '[]'],
      ],
      takes: 'text',
      gives: 'json',
    },
    ({ charge }, value) => {
      const text = shown(value)
      charge(Math.min(text.length, maxLength))
      return text.length > maxLength || depthOf(text) > maxDepth ? null : parsed(text)
    },
  ),
}

/** UTF-16 code units. */
const maxLength = 10_000
const maxDepth = 20

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

/** At least as deep as the JSON in a text, whose texts may hold brackets too. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0]
  for (const [bracket] of text.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}
