import { filters } from 'liquidjs'
import { shown } from '../shown.ts'
import { type FilterGroup, type FilterInput, liquids, placed, type TemplateFilter } from './filter.ts'

/** Lists, and the few filters that take texts and lists alike. */
export const listFilters: FilterGroup = {
  split: {
    ...list(
      'split: separator',
      'The parts of a text, as a list.',
      [['{{ "a,b" | split: "," | last }}', 'b']],
      filters.split,
    ),
    takes: 'text',
  },
  join: placed(
    {
      usage: 'join: separator',
      summary: 'The items of a list in one text, a space between them if not said otherwise.',
      examples: [['{{ vars.items | join: ", " }}', 'tea, cake']],
      takes: 'list',
      gives: 'text',
    },
    ({ charge }, value, separator = ' ') => {
      const parts = (Array.isArray(value) ? value : [value]).map(shown)
      const between = shown(separator)
      charge(parts.reduce((sum, part) => sum + part.length + between.length, 0))
      return parts.join(between)
    },
  ),
  first: list(
    'first',
    'The first item or character.',
    [['{{ vars.items | first }}', 'tea']],
    filters.first,
    'text or list',
  ),
  last: list(
    'last',
    'The last item or character.',
    [['{{ vars.items | last }}', 'cake']],
    filters.last,
    'text or list',
  ),
  size: {
    ...list(
      'size',
      'How many items a list, or characters a text has.',
      [
        ['{{ vars.items | size }}', '2'],
        ['{{ "Éva" | size }}', '3'],
      ],
      filters.size,
      'text or list',
    ),
    gives: 'number',
  },
  slice: list(
    'slice: start, count',
    'So many items or characters (one if not said) from a place, counted from 0, or from the end when below zero.',
    [
      ['{{ "A1B2" | slice: 1, 2 }}', '1B'],
      ['{{ "A1B2" | slice: -2, 2 }}', 'B2'],
    ],
    filters.slice,
    'text or list',
  ),
  sort: list(
    'sort: property',
    'In order, by a property of the items if one is said.',
    [
      ['{{ "c,a,b" | split: "," | sort | join }}', 'a b c'],
      ['{{ vars.slots | sort: "time" | map: "time" | join }}', '09:00 11:30'],
    ],
    filters.sort,
  ),
  sort_natural: list(
    'sort_natural: property',
    'In order, whatever the letter case.',
    [['{{ "b,A,c" | split: "," | sort_natural | join }}', 'A b c']],
    filters.sort_natural,
  ),
  reverse: list(
    'reverse',
    'The other way round.',
    [['{{ vars.items | reverse | join }}', 'cake tea']],
    filters.reverse,
  ),
  uniq: list('uniq', 'Each item once.', [['{{ "a,b,a" | split: "," | uniq | join }}', 'a b']], filters.uniq),
  compact: list(
    'compact',
    'Without the items that are nothing.',
    [['{{ vars.slots | map: "note" | compact | size }}', '1']],
    filters.compact,
  ),
  concat: list(
    'concat: list',
    'Another list behind this one.',
    [['{{ vars.items | concat: contact.groups | join }}', 'tea cake vip']],
    filters.concat,
  ),
  map: list(
    'map: property',
    'One property of each item.',
    [['{{ vars.slots | map: "time" | join: ", " }}', '11:30, 09:00']],
    filters.map,
  ),
  where: list(
    'where: property, value',
    'The items whose property has a value; any value if none is said.',
    [['{{ vars.slots | where: "free", true | map: "time" | join }}', '09:00']],
    filters.where,
  ),
  sum: {
    ...list(
      'sum: property',
      'The items added up, or one property of theirs.',
      [['{{ vars.slots | sum: "price" }}', '35']],
      filters.sum,
    ),
    gives: 'number',
  },
  sample: placed(
    {
      usage: 'sample',
      summary: 'One item or character by chance; the simulator draws the same one for the same seed.',
      examples: [['{{ "tea" | split: "," | sample }}', 'tea']],
      takes: 'text or list',
      gives: 'json',
    },
    ({ random, charge }, value) => {
      const items: readonly unknown[] = Array.isArray(value) ? value : Array.from(shown(value))
      charge(items.length)
      return items[Math.floor(random() * items.length)]
    },
  ),
}

/** Liquid's own filter of lists. */
function list(
  usage: string,
  summary: string,
  examples: TemplateFilter['examples'],
  handler: unknown,
  takes: FilterInput = 'list',
): TemplateFilter {
  return liquids({ usage, summary, examples, takes, gives: 'json' }, handler)
}
