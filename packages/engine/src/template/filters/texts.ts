import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { filters } from 'liquidjs'
import { shown } from '../shown.ts'
import {
  type FilterGroup,
  type FilterHandler,
  type FilterThis,
  liquids,
  placed,
  type TemplateFilter,
} from './filter.ts'

/** Texts: cutting, joining, replacing and letter case. */
export const textFilters: FilterGroup = {
  default: liquids(
    {
      usage: 'default: value',
      summary: 'Another value where there is none, or nothing in it. `allow_false: true` keeps a false.',
      examples: [
        ['Hello {{ contact.name | default: "there" }}', 'Hello Éva'],
        ['Hello {{ vars.nickname | default: "there" }}', 'Hello there'],
      ],
      takes: 'anything',
      gives: 'json',
    },
    filters.default,
  ),
  append: text('append: text', 'Puts a text behind.', [['{{ "ab" | append: "c" }}', 'abc']], filters.append),
  prepend: text('prepend: text', 'Puts a text in front.', [['{{ "bc" | prepend: "a" }}', 'abc']], filters.prepend),
  strip: text('strip', 'Without spaces at both ends.', [['[{{ "  ok " | strip }}]', '[ok]']], filters.strip),
  lstrip: text('lstrip', 'Without spaces at the beginning.', [['[{{ "  ok" | lstrip }}]', '[ok]']], filters.lstrip),
  rstrip: text('rstrip', 'Without spaces at the end.', [['[{{ "ok  " | rstrip }}]', '[ok]']], filters.rstrip),
  squish: text(
    'squish',
    'Every run of spaces and line ends becomes one space, and none stands at the ends.',
    [['{{ " a   b " | squish }}', 'a b']],
    filters.squish,
  ),
  replace: text(
    'replace: search, with',
    'Replaces a text everywhere.',
    [['{{ "1,234,567" | replace: ",", "." }}', '1.234.567']],
    filters.replace,
  ),
  replace_first: text(
    'replace_first: search, with',
    'Replaces a text where it stands first.',
    [['{{ "a-b-c" | replace_first: "-", "+" }}', 'a+b-c']],
    filters.replace_first,
  ),
  remove: text(
    'remove: text',
    'Takes a text out everywhere.',
    [['{{ "0-20-123" | remove: "-" }}', '020123']],
    filters.remove,
  ),
  remove_first: text(
    'remove_first: text',
    'Takes a text out where it stands first.',
    [['{{ "0-20-123" | remove_first: "-" }}', '020-123']],
    filters.remove_first,
  ),
  upcase: cased(
    'upcase',
    "In capitals, as the contact's language has them (Turkish: i becomes İ).",
    [['{{ contact.name | upcase }}', 'ÉVA']],
    (value, language) => value.toLocaleUpperCase(language),
  ),
  downcase: cased(
    'downcase',
    'In small letters.',
    [['{{ "Yes PLEASE" | downcase }}', 'yes please']],
    (value, language) => value.toLocaleLowerCase(language),
  ),
  capitalize: cased(
    'capitalize',
    'The first letter a capital, all others small.',
    [['{{ "mY dog" | capitalize }}', 'My dog']],
    (value, language) => firstUp(value.toLocaleLowerCase(language), language),
  ),
  title_case: cased(
    'title_case',
    'Each word with a capital, for names.',
    [['{{ "éva van der berg" | title_case }}', 'Éva Van Der Berg']],
    (value, language) =>
      value
        .toLocaleLowerCase(language)
        .replace(/[\p{L}\p{M}][\p{L}\p{M}\p{N}'’]*/gu, (word) => firstUp(word, language)),
  ),
  truncate: text(
    'truncate: length, ending',
    'Cut to so many characters, the ending (`...` if not said) among them.',
    [
      ['{{ "A long story" | truncate: 9 }}', 'A long...'],
      ['{{ "A long story" | truncate: 7, "" }}', 'A long '],
    ],
    filters.truncate,
  ),
  truncatewords: text(
    'truncatewords: count, ending',
    'Cut to so many words, with an ending (`...` if not said) when some are left out.',
    [
      ['{{ "One two three" | truncatewords: 2 }}', 'One two...'],
      ['{{ "One two three" | truncatewords: 3 }}', 'One two three'],
    ],
    wholeWords,
  ),
  phone: placed(
    {
      usage: 'phone: "national"',
      summary: 'A phone number with its groups apart; `national` leaves out the country. A short code stays as it is.',
      examples: [
        ['{{ "+36201234567" | phone }}', '+36 20 123 4567'],
        ['{{ "+14155552671" | phone: "national" }}', '(415) 555-2671'],
        ['{{ "4040" | phone }}', '4040'],
      ],
      takes: 'text',
      gives: 'text',
    },
    (_tools, value, style) => {
      const text = shown(value)
      const number = text.length > 40 ? undefined : parsePhoneNumberFromString(text)
      if (!number) return text
      return style === 'national' ? number.formatNational() : number.formatInternational()
    },
  ),
  url_encode: {
    ...text(
      'url_encode',
      'As a part of a URL, with `+` for spaces. Addresses of requests do without it: every value in them is encoded by itself.',
      [['{{ "a b&c" | url_encode }}', 'a+b%26c']],
      filters.url_encode,
    ),
    standsInUrls: true,
  },
  raw: {
    ...liquids(
      {
        usage: 'raw',
        summary: 'As it is. In the address of a request: a value that is itself a piece of URL, which must come last.',
        examples: [['{{ "a/b" | raw }}', 'a/b']],
        takes: 'anything',
        gives: 'same',
      },
      (value: unknown) => value,
    ),
    standsInUrls: true,
  },
}

/** Liquid's own filter from a text to a text. */
function text(usage: string, summary: string, examples: TemplateFilter['examples'], handler: unknown): TemplateFilter {
  const original = handler as FilterHandler
  const apply: FilterHandler = function (value: unknown, ...args: unknown[]) {
    return original.call(this, shown(value), ...args)
  }
  return { usage, summary, examples, takes: 'text', gives: 'text', apply }
}

function cased(
  usage: string,
  summary: string,
  examples: TemplateFilter['examples'],
  change: (value: string, language: string) => string,
): TemplateFilter {
  return placed({ usage, summary, examples, takes: 'text', gives: 'text' }, ({ language, charge }, value) => {
    const text = shown(value)
    charge(text.length)
    return change(text, language)
  })
}

function firstUp(text: string, language: string): string {
  const [first = ''] = text
  return first.toLocaleUpperCase(language) + text.slice(first.length)
}

/** Liquid's own adds its ending to texts of exactly so many words too. */
function wholeWords(this: FilterThis, value: unknown, count: unknown = 15, ending: unknown = '...'): string {
  const text = shown(value)
  this.context.memoryLimit.use(text.length)
  const words = text.split(/\s+/u).filter((word) => word !== '')
  const most = Math.max(1, Math.trunc(Number(count) || 1))
  return words.length > most ? words.slice(0, most).join(' ') + shown(ending) : words.join(' ')
}
